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
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay door against Kafka's own MockProducer, which keeps what it was given in order. */
class ReplayTest {

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final long T = 1_700_000_000_000L;

    @TempDir
    Path directory = Path.of("");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @Test
    void severalFilesPlainAndGzipAreMergedByTime() throws IOException {
        Path plain = file("a.jsonl", log(T, "one") + log(T + 2_000, "three"));
        Path gzip = directory.resolve("b.any");
        Files.write(gzip, gzip(log(T + 1_000, "two") + log(T + 3_000, "four")));

        ReplayResult result = replay(() -> Long.MAX_VALUE, plain, gzip);

        assertThat(bodies()).containsExactly("one", "two", "three", "four");
        assertThat(result.received()).isEqualTo(Map.of("logs", 4L));
        assertThat(result.loss().acknowledged()).isEqualTo(4);
        assertThat(result.loss().inFlight()).isZero();
    }

    @Test
    void heartbeatsGoAheadOfTheEventsOnlyByWhatIsCompleteAndTheLastOneEndsTheData() throws IOException {
        ReplayResult result =
                replay(() -> Long.MAX_VALUE, file("a.jsonl", log(T + 3_000, "one") + log(T + 47_000, "two")));

        List<Heartbeat> beats = heartbeats("faultprint.logs", 0);
        assertThat(beats).extracting(Heartbeat::getWatermark).isSorted();
        assertThat(beats).allSatisfy(beat -> assertThat(beat.getCoveredFrom()).isEqualTo(T));
        Heartbeat last = beats.get(beats.size() - 1);
        assertThat(last.getFinal$()).isTrue();
        assertThat(last.getWatermark()).isEqualTo(T + 50_000);
        assertThat(beats.get(beats.size() - 2).getWatermark()).isEqualTo(T + 30_000);
        for (String topic : List.of("logs", "metrics", "spans", "changes", "alerts")) {
            for (int partition = 0; partition < 4; partition++) {
                assertThat(heartbeats("faultprint." + topic, partition)).isEqualTo(beats);
            }
        }
        assertThat(result.coveredFrom()).isEqualTo(T);
        assertThat(result.lastTime()).isEqualTo(T + 47_000);
    }

    @Test
    void linesThatChangedPlacesArePutInOrder() throws IOException {
        replay(
                () -> Long.MAX_VALUE,
                file("a.jsonl", log(T + 60_000, "two") + log(T, "one") + log(T + 70_000, "three")));

        assertThat(bodies()).containsExactly("one", "two", "three");
        assertThat(heartbeats("faultprint.logs", 0).get(0).getCoveredFrom()).isEqualTo(T);
    }

    @Test
    void aLineThatCannotBeReadIsADeadLetterWithItsFileAndNumber() throws IOException {
        ReplayResult result = replay(
                () -> Long.MAX_VALUE,
                file("a.jsonl", log(T, "one") + "{\"resourceLogs\":[\n" + "\n" + "{\"other\":1}\n" + log(T, "two")));

        assertThat(bodies()).containsExactly("one", "two");
        assertThat(result.deadLetters()).isEqualTo(Map.of("UNDECODABLE", 2L));
        assertThat(result.loss().deadLettered()).isEqualTo(2);
        assertThat(deadLetters()).extracting(ReplayTest::place).containsExactlyInAnyOrder("a.jsonl:2", "a.jsonl:4");
        assertThat(deadLetters())
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .contains("{\"resourceLogs\":[");
    }

    @Test
    void aBareNotANumberCostsItsPointAlone() throws IOException {
        String line = "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"s\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"gauge\":{\"dataPoints\":["
                + "{\"timeUnixNano\":\"" + T + "000000\",\"asDouble\":NaN},{\"timeUnixNano\":\"" + T
                + "000000\",\"asDouble\":1}]}}]}]}]}\n";

        ReplayResult result = replay(() -> Long.MAX_VALUE, file("a.jsonl", line));

        assertThat(result.received()).isEqualTo(Map.of("metrics", 2L));
        assertThat(result.deadLetters()).isEqualTo(Map.of("NOT_FINITE", 1L));
    }

    @Test
    void oneBrokenClockNeitherStretchesTheReplayNorMakesTheRestLate() throws IOException {
        StringBuilder lines = new StringBuilder(log(1_000, "1970"));
        for (int i = 0; i < 10; i++) {
            lines.append(log(T + i * 1_000L, "n" + i));
        }
        lines.append(log(T * 2, "2077"));

        ReplayResult result = replay(() -> Long.MAX_VALUE, file("a.jsonl", lines.toString()));

        assertThat(result.coveredFrom()).isEqualTo(T);
        assertThat(result.lastTime()).isEqualTo(T + 9_000);
        assertThat(result.clamped()).isEqualTo(1);
        assertThat(result.loss().acknowledged()).isEqualTo(12);
    }

    @Test
    void changesOfARecordingAreEventsOfTheirTime() throws IOException {
        String line = "{\"changes\":{\"id\":\"c1\",\"kind\":\"deploy\",\"time\":\"2023-11-14T22:13:20Z\"}}\n";

        ReplayResult result = replay(() -> Long.MAX_VALUE, file("a.jsonl", line));

        assertThat(result.received()).isEqualTo(Map.of("changes", 1L));
        assertThat(result.lastTime()).isEqualTo(T);
    }

    @Test
    void theReplayStaysThirtyWindowsAheadOfItsReadersAtMost() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            lines.append(log(T + i * 10_000L, "n"));
        }
        AtomicLong upTo = new AtomicLong(Long.MIN_VALUE);
        AtomicLong widest = new AtomicLong();

        replay(
                () -> {
                    long watermark = heartbeats("faultprint.logs", 0).stream()
                            .mapToLong(Heartbeat::getWatermark)
                            .max()
                            .orElse(T);
                    long from = Math.max(upTo.get(), T);
                    widest.accumulateAndGet((watermark - from) / 10_000, Math::max);
                    // The readers follow only once they are a good way behind.
                    upTo.set(watermark - from > 300_000 ? watermark - 50_000 : from);
                    return from;
                },
                file("a.jsonl", lines.toString()));

        assertThat(widest.get()).isEqualTo(31);
    }

    @Test
    void theSameFilesGiveTheSameRecords() throws IOException {
        Path file = file("a.jsonl", log(T, "one") + log(T + 20_000, "two for jane@example.com") + "nonsense\n");

        replay(() -> Long.MAX_VALUE, file);
        List<ProducerRecord<String, byte[]>> first = List.copyOf(producer.history());
        producer.clear();
        replay(() -> Long.MAX_VALUE, file);

        assertThat(producer.history()).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(producer.history().get(i).value()).isEqualTo(first.get(i).value());
            assertThat(producer.history().get(i).partition())
                    .isEqualTo(first.get(i).partition());
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> replay(() -> 0, directory.resolve("none.jsonl")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("none.jsonl: there is no such file");
    }

    private ReplayResult replay(LongSupplier upTo, Path... files) {
        EventProducer events = new EventProducer(producer, CODEC, Run.MAIN, new Partitions(4, 1));
        Normaliser normaliser = new Normaliser(new Redactor(new TokenKey(TokenKey.LOCAL)), Limits.DEFAULT);
        return new Replay(events, normaliser, Windows.DEFAULT, upTo, progress -> {}).run(List.of(files));
    }

    private List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : producer.history()) {
            if (!record.topic().endsWith("dead-letters") && CODEC.decode(record.value()) instanceof LogEvent log) {
                bodies.add(log.getBody());
            }
        }
        return bodies;
    }

    private List<Heartbeat> heartbeats(String topic, int partition) {
        List<Heartbeat> beats = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : producer.history()) {
            if (record.topic().equals(topic) && record.partition() == partition && record.key() == null) {
                SpecificRecord beat = CODEC.decode(record.value());
                beats.add((Heartbeat) beat);
            }
        }
        return beats;
    }

    private List<ProducerRecord<String, byte[]>> deadLetters() {
        return producer.history().stream()
                .filter(record -> record.topic().endsWith("dead-letters"))
                .toList();
    }

    private static String place(ProducerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("faultprint.place").value(), StandardCharsets.UTF_8);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String log(long millis, String body) {
        return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"s\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"" + millis
                + "000000\",\"body\":{\"stringValue\":\"" + body + "\"}}]}]}]}\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
