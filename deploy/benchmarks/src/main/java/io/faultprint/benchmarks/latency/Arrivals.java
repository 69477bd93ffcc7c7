package io.faultprint.benchmarks.latency;

import io.faultprint.incident.Incident;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Digest;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed to {@code digests} and {@code incidents} as it comes, and notes how long after its window was to
 * be known (its end and the lateness) each digest, and the first revision of each incident, could be read.
 */
final class Arrivals implements AutoCloseable {

    private final AvroCodec codec = AvroCodec.bundled();
    private final Windows windows;
    private final InstantSource clock;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> known = new HashSet<>();
    private Round round = new Round();
    private final Thread thread = new Thread(this::read, "arrivals");

    /** What came in one round. */
    static final class Round {
        final Latencies digests = new Latencies();
        final Latencies incidents = new Latencies();
    }

    Arrivals(String kafka, Run run, Windows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(Topics.DIGESTS.name(), Topics.INCIDENTS.name())) {
            all.add(new TopicPartition(run.topic(topic), 0));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread.start();
    }

    /** Ends a round: what comes from now on belongs to the next. */
    synchronized Round take() {
        Round ended = round;
        round = new Round();
        return ended;
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    note(codec.decode(record.value()));
                }
            }
        } catch (WakeupException closed) {
            return; // the benchmark is over
        }
    }

    private synchronized void note(Object value) {
        if (value instanceof Digest digest) {
            round.digests.add(clock.millis() - windows.knownAt(digest.getWindowStart()));
        } else if (value instanceof Incident incident && known.add(incident.getId())) {
            round.incidents.add(clock.millis() - incident.getOpened());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
