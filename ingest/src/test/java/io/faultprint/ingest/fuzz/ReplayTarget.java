package io.faultprint.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.ingest.replay.Replay;
import io.faultprint.ingest.replay.ReplayResult;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A recorded file is replayed to its end, and every record of it is accounted for. */
final class ReplayTarget {

    private static final AvroCodec CODEC = AvroCodec.bundled();

    private ReplayTarget() {}

    static void file(byte[] input) {
        Path file = write(input);
        // A line can move time by decades, which is some hundred heartbeats of its own.
        Bounded.run((64 << 10) + input.length, () -> {
            MockProducer<String, byte[]> kafka =
                    new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
            EventProducer producer = new EventProducer(kafka, CODEC, Run.MAIN, new Partitions(1, 1));
            ReplayResult result = new Replay(
                            producer, OtlpTarget.NORMALISER, Windows.DEFAULT, () -> Long.MAX_VALUE, progress -> {})
                    .run(List.of(file));

            assertThat(result.loss().inFlight()).isZero();
            assertThat(result.loss().returned()).isZero();
            assertThat(sum(result.received().values())).isEqualTo(result.loss().received());
            assertThat(sum(result.deadLetters().values()))
                    .isEqualTo(result.loss().deadLettered());
            assertThat(kafka.history().stream().filter(record -> record.key() != null && !dead(record.topic())))
                    .hasSize((int) result.loss().acknowledged())
                    .allSatisfy(
                            record -> assertThat(CODEC.decode(record.value())).isNotNull());
            assertThat(kafka.history().stream().filter(record -> dead(record.topic())))
                    .hasSize((int) result.loss().deadLettered());
        });
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static boolean dead(String topic) {
        return topic.endsWith("dead-letters");
    }

    /** One file for the process; its bytes are replaced. */
    private static Path write(byte[] input) {
        try {
            Path file = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("faultprint-fuzz-" + ProcessHandle.current().pid() + ".jsonl");
            file.toFile().deleteOnExit();
            return Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
