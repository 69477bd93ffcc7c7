package io.faultprint.local.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SeverityFrom;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A permutation that made an event late, or one in time that was late, would compare two different recordings. */
class PermutedPartitionTest {

    private static final AvroCodec CODEC = AvroCodec.bundled();
    private static final Windows WINDOWS = new Windows(1_000, 2_000);
    private static final long T = 1_700_000_000_000L;
    private static final int SECONDS = 60;

    private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

    @Test
    void whatWasInTimeStaysInTimeAndWhatWasLateStaysLate() {
        recording();
        List<Long> late = late(log);
        assertThat(late).hasSize(4);

        for (int seed = 1; seed <= 200; seed++) {
            List<ConsumerRecord<byte[], byte[]>> permuted = permuted(seed);

            assertThat(permuted).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(log);
            assertThat(late(permuted)).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(late);
            assertThat(beats(permuted)).as("seed %s", seed).isEqualTo(beats(log));
        }
    }

    @Test
    void theOrderOfEventsIsReallyAnother() {
        recording();

        assertThat(permuted(1)).isNotEqualTo(log).isNotEqualTo(permuted(2)).isEqualTo(permuted(1));
    }

    private void recording() {
        Random random = new Random(7);
        beat(T - 2_000, false);
        for (int second = 0; second < SECONDS; second++) {
            for (int i = 0; i < 5; i++) {
                event(T + second * 1_000L + random.nextInt(1_000));
            }
            beat(T + (second - 1) * 1_000L, false);
            if (second % 15 == 14) {
                event(T + (second - 5) * 1_000L + random.nextInt(1_000));
            }
        }
        beat(T + SECONDS * 1_000L, true);
    }

    private List<ConsumerRecord<byte[], byte[]>> permuted(long seed) {
        List<ConsumerRecord<byte[], byte[]>> out = new ArrayList<>();
        PermutedPartition partition =
                new PermutedPartition(log.iterator(), out::add, new Random(seed), WINDOWS.latenessMillis());
        while (partition.step()) {
            assertThat(partition.at()).isGreaterThanOrEqualTo(T - 2_000);
        }
        return out;
    }

    /** Times of the events whose window had ended by the heartbeats before them. */
    private static List<Long> late(List<ConsumerRecord<byte[], byte[]>> log) {
        List<Long> late = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : log) {
            SpecificRecord value = CODEC.decode(record.value());
            if (value instanceof Heartbeat beat) {
                watermark = beat.getWatermark();
            } else {
                long time = ((LogEvent) value).getEnvelope().getEventTime();
                if (WINDOWS.endOf(time) <= watermark) {
                    late.add(time);
                }
            }
        }
        return late;
    }

    private static List<Long> beats(List<ConsumerRecord<byte[], byte[]>> log) {
        List<Long> beats = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : log) {
            if (CODEC.decode(record.value()) instanceof Heartbeat beat) {
                beats.add(beat.getWatermark());
            }
        }
        return beats;
    }

    private void beat(long watermark, boolean last) {
        add(new Heartbeat("replay", 1L, T, watermark, last, false));
    }

    private void event(long time) {
        add(LogEvent.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setEnvironment("prod")
                        .setService("web")
                        .setEventTime(time)
                        .setDoor("replay")
                        .setIndex(0)
                        .setReceivedAt(time)
                        .build())
                .setSeverityNumber(9)
                .setSeverityFrom(SeverityFrom.RECORD)
                .setBody("line " + log.size())
                .build());
    }

    private void add(SpecificRecord value) {
        log.add(new ConsumerRecord<>("logs", 0, log.size(), null, CODEC.encode("logs", value)));
    }
}
