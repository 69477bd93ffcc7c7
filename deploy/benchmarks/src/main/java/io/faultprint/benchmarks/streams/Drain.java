package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.measure.Ground;
import io.faultprint.benchmarks.measure.Stopwatch;
import io.faultprint.benchmarks.measure.Stretch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Runs an application over what stands in its topics, until it has said its last word. Joining a group takes seconds and
 * costs every application the same: time and CPU count from when its tasks run until that word is committed. The first
 * word would be no beginning: before it signals has read far ahead, because a window waits for all inputs.
 */
final class Drain {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration CLOSING = Duration.ofMinutes(1);

    private final Ground ground;
    private final String guarantee;

    /** @param guarantee as Kafka Streams calls it */
    Drain(Ground ground, String guarantee) {
        this.ground = ground;
        this.guarantee = guarantee;
    }

    /** With exactly-once processing, as the stages have it. */
    static Drain exactlyOnce(Ground ground) {
        return new Drain(ground, StreamsConfig.EXACTLY_ONCE_V2);
    }

    /**
     * Runs it.
     *
     * @param words a topic with one partition
     * @param last whether with this word, the latest of all, everything is said
     * @param events that it reads
     */
    Stretch run(String application, Topology topology, String words, Predicate<byte[]> last, long events) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", ground.kafka(), "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                KafkaStreams streams = new KafkaStreams(
                        topology, settings(application, ground.folder("streams").resolve(application)))) {
            TopicPartition partition = new TopicPartition(words, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            AtomicReference<@Nullable Stopwatch> running = new AtomicReference<>();
            streams.setStateListener((now, before) -> {
                if (now == State.RUNNING) {
                    running.compareAndSet(null, new Stopwatch());
                }
            });
            Stopwatch all = new Stopwatch();
            streams.start();
            while (true) {
                for (ConsumerRecord<byte[], byte[]> word : consumer.poll(Duration.ofMillis(100))) {
                    if (last.test(word.value())) {
                        Stretch stretch = Objects.requireNonNull(running.get()).stretch(events);
                        leave(streams);
                        return stretch;
                    }
                }
                check(application, streams.state(), all);
            }
        }
    }

    private static void check(String application, State state, Stopwatch all) {
        if (state == State.ERROR || state == State.NOT_RUNNING) {
            throw new IllegalStateException(application + " stopped before it had read everything; the log says why");
        }
        if (all.seconds() > PATIENCE.toSeconds()) {
            throw new IllegalStateException(
                    application + " has not read everything in " + PATIENCE.toMinutes() + " min; give fewer --events");
        }
    }

    /** Closes it so that who comes next need not wait until its session has timed out: by default it stays in its group. */
    static void leave(KafkaStreams streams) {
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSING));
    }

    /** Of an application that keeps its state in this folder. */
    Properties settings(String application, Path state) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, ground.kafka());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32L << 20);
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put("auto.offset.reset", "earliest");
        return properties;
    }
}
