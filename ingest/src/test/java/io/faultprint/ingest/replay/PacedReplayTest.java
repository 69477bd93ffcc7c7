package io.faultprint.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pace of a replay, on a clock that passes when somebody sleeps and not otherwise. */
class PacedReplayTest {

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final long T = 1_700_000_000_000L;

    @TempDir
    Path directory = Path.of("");

    private final Time time = new Time();
    private final List<Long> sentAt = new ArrayList<>();
    private final TimedProducer producer = new TimedProducer(time);

    @Test
    void linesAreSentWhenTheirTimeHasCome() throws IOException {
        Path file = file(log(T, "one") + log(T + 2_000, "two") + log(T + 2_000, "three") + log(T + 7_500, "four"));

        replay("1", file);
        assertThat(sentAt).containsExactly(0L, 2_000L, 2_000L, 7_500L);

        replay("10", file);
        assertThat(sentAt).containsExactly(0L, 200L, 200L, 750L);

        replay("0.5", file);
        assertThat(sentAt).containsExactly(0L, 4_000L, 4_000L, 15_000L);

        replay("max", file);
        assertThat(sentAt).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void inAQuietMinuteWindowsCloseAsTheyDidWhenItWasLive() throws IOException {
        replay("1", file(log(T, "one") + log(T + 60_000, "two")));

        // A window of 10 s is complete 15 s after its end; the second line alone would tell all of that only after 60
        // s.
        List<String> beats = new ArrayList<>();
        for (Sent each : sent()) {
            if (each.value() instanceof Heartbeat beat && !beat.getFinal$()) {
                beats.add((beat.getWatermark() - T) / 1000 + " at " + each.millis() / 1000);
            }
        }
        assertThat(beats)
                .containsExactly("-15 at 0", "-10 at 5", "0 at 15", "10 at 25", "20 at 35", "30 at 45", "40 at 55");
    }

    @Test
    void theSameRecordsComeInTheSameOrderAtEverySpeed() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            // Here and there a minute of silence, and lines that changed places.
            lines.append(log(T + i * 700L + (i / 50) * 60_000L - (i % 7 == 3 ? 4_000 : 0), "n" + i));
        }
        Path file = file(lines + "nonsense\n");

        replay("max", file);
        List<String> atOnce = history();
        for (String speed : List.of("1", "0.5", "250")) {
            replay(speed, file);
            assertThat(history()).as(speed).isEqualTo(atOnce);
        }
        assertThat(atOnce).hasSizeGreaterThan(300);
    }

    @Test
    void aGapIsWaitedThrough() throws IOException {
        replay("1", file(log(T, "one") + log(T + 3_600_000 * 5L, "two") + log(T + 3_600_000 * 5L + 1_000, "three")));

        assertThat(sentAt).containsExactly(0L, 18_000_000L, 18_001_000L);
    }

    @Test
    void oneLineWithAnAbsurdClockStallsNothing() throws IOException {
        for (long absurd : List.of(T * 2, T + 6 * 86_400_000L, T + 7_200_000, 1_000L)) {
            replay("1", file(log(T, "one") + log(absurd, "absurd") + log(T + 2_000, "two") + log(T + 3_000, "three")));

            assertThat(time.now())
                    .as("with a line at %s", Instant.ofEpochMilli(absurd))
                    .isEqualTo(3_000);
        }
    }

    @Test
    void whoFellBehindIsNotHeldUntilItHasCaughtUp() throws IOException {
        Path file = file(log(T, "one") + log(T + 1_000, "two") + log(T + 2_000, "three") + log(T + 9_000, "four"));
        List<Long> behind = new ArrayList<>();

        // The first line takes five seconds.
        run("1", file, progress -> {
            if (progress.eventTime() == T) {
                time.pass(Duration.ofSeconds(5));
            }
            behind.add(progress.behindMillis());
        });

        assertThat(sentAt).containsExactly(0L, 5_000L, 5_000L, 9_000L);
        assertThat(behind).containsExactly(0L, 4_000L, 3_000L, 0L, 0L);
    }

    @Test
    void anInterruptEndsTheWait() throws IOException {
        Path file = file(log(T, "one") + log(T + 2_000, "two"));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> replay("1", file)).isInstanceOf(ReplayStopped.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whichOfTheFirstLinesStandsFirstDoesNotMoveTheBeginning() throws IOException {
        StringBuilder later = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            later.append(log(T + 10_000 + i * 50L, "n" + i));
        }
        Path asItWas = file(log(T + 9_000, "first") + later);
        ReplayResult first = replay("max", asItWas);

        // Ten seconds late, which is within the lateness of fifteen, and behind more lines than are put in order.
        ReplayResult second = replay("max", file(later + log(T + 9_000, "first")));

        assertThat(first.coveredFrom()).isEqualTo(T);
        assertThat(second.coveredFrom()).isEqualTo(first.coveredFrom());
    }

    private record Sent(Object value, long millis) {}

    private ReplayResult replay(String speed, Path file) {
        return run(speed, file, progress -> {});
    }

    private ReplayResult run(String speed, Path file, Consumer<ReplayProgress> progress) {
        producer.clear();
        sentAt.clear();
        producer.times.clear();
        time.reset();
        EventProducer events = new EventProducer(producer, CODEC, Run.MAIN, new Partitions(1, 1));
        Normaliser normaliser = new Normaliser(new Redactor(new TokenKey(TokenKey.LOCAL)), Limits.DEFAULT);
        ReplayResult result = new Replay(
                        events,
                        normaliser,
                        Windows.DEFAULT,
                        () -> Long.MAX_VALUE,
                        progress,
                        new Pace(Speed.parse(speed), time, time))
                .run(List.of(file));
        for (Sent each : sent()) {
            if (each.value() instanceof LogEvent) {
                sentAt.add(each.millis());
            }
        }
        return result;
    }

    /** What went to partition 0 of the logs, with when. */
    private List<Sent> sent() {
        List<Sent> sent = new ArrayList<>();
        List<ProducerRecord<String, byte[]>> history = producer.history();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).topic().equals("faultprint.logs")) {
                sent.add(new Sent(CODEC.decode(history.get(i).value()), producer.times.get(i)));
            }
        }
        return sent;
    }

    private List<String> history() {
        return producer.history().stream()
                .map(record -> record.topic() + " " + HexFormat.of().formatHex(record.value()))
                .toList();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("a.jsonl"), text);
    }

    private static String log(long millis, String body) {
        return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"s\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"" + millis
                + "000000\",\"body\":{\"stringValue\":\"" + body + "\"}}]}]}]}\n";
    }

    /** Kafka's own mock, which also notes when each record came. */
    private static final class TimedProducer extends MockProducer<String, byte[]> {

        private final Time time;
        private final List<Long> times = new ArrayList<>();

        private TimedProducer(Time time) {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
            this.time = time;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            times.add(time.now());
            return super.send(record, callback);
        }
    }

    private static final class Time implements InstantSource, Pace.Sleeper {

        private Duration passed = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(passed);
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            pass(time);
        }

        void pass(Duration time) {
            passed = passed.plus(time);
        }

        long now() {
            return passed.toMillis();
        }

        void reset() {
            passed = Duration.ZERO;
        }
    }
}
