package io.faultprint.correlate;

import io.faultprint.correlate.watch.AppView;
import io.faultprint.runtime.Health;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application of the stage: exactly once, its state in memory behind changelogs. */
final class StreamsApp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final Restores restores = new Restores();
    private final Map<String, String> kinds;
    private volatile @Nullable Throwable failure;
    private volatile boolean closing;

    StreamsApp(
            String name,
            Topology topology,
            CorrelateConfig config,
            int threads,
            KafkaClientSupplier clients,
            MeterRegistry meters) {
        this.name = name;
        Properties properties = new Properties();
        properties.putAll(settings(name, config, threads));
        this.streams = new KafkaStreams(topology, properties, clients);
        this.streams.setUncaughtExceptionHandler(e -> {
            if (closing && waited(e)) {
                // A task that waited for the schema registry, and was told to end.
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
            // A defect or a lost broker: a record must not be skipped for it, so the stage ends and is started again.
            failure = e;
            LOG.error("{} stopped: {}", name, e.toString(), e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        this.streams.setGlobalStateRestoreListener(restores);
        this.kinds = Topics.all().stream()
                .map(Topic::name)
                .collect(Collectors.toMap(config.run().run()::topic, Function.identity()));
        this.metrics = new KafkaStreamsMetrics(streams, List.of(Tag.of("application", name)));
        this.metrics.bindTo(meters);
    }

    private static Map<String, Object> settings(String name, CorrelateConfig config, int threads) {
        CorrelateConfig.Streams streams = config.streams();
        Map<String, Object> settings = new HashMap<>(config.kafka().client());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.run().run().application(name));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                streams.commitInterval().toMillis());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, streams.standbys());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, streams.replication());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, streams.stateDir().toString());
        settings.put(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, streams.cache().bytes());
        // Never wait for the slower input: which record comes first decides nothing here. Zero would still wait for
        // what the broker has, and so for ever for an input that is held back.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // What is read and not yet worked on: records may have a quarter of a megabyte.
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 200);
        settings.put(StreamsConfig.mainConsumerPrefix("max.poll.records"), 500);
        settings.put(StreamsConfig.mainConsumerPrefix("fetch.max.bytes"), 8 << 20);
        settings.put(StreamsConfig.mainConsumerPrefix("max.partition.fetch.bytes"), 1 << 20);
        settings.put(StreamsConfig.restoreConsumerPrefix("fetch.max.bytes"), 8 << 20);
        settings.put(StreamsConfig.producerPrefix("buffer.memory"), 16L << 20);
        // State must survive a slow roll-out.
        settings.put(
                StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG, Duration.ofHours(6).toMillis());
        settings.put(StreamsConfig.mainConsumerPrefix("session.timeout.ms"), 10_000);
        settings.put(StreamsConfig.mainConsumerPrefix("heartbeat.interval.ms"), 3_000);
        // A stage that closes says so; else its successor waits for the session to time out.
        settings.put(StreamsConfig.mainConsumerPrefix("internal.leave.group.on.close"), true);
        return settings;
    }

    void start() {
        streams.start();
    }

    /** How it stands, for those who watch. */
    AppView view() {
        Throwable broken = failure;
        return new AppView(
                name,
                streams.state() == KafkaStreams.State.RUNNING,
                broken == null ? null : String.valueOf(broken.getMessage()),
                lag(),
                committed(),
                restores.going(),
                restores.restored());
    }

    /** As the consumer knows it: up to the end of what is committed, less what it has fetched. */
    private Map<String, Long> lag() {
        Map<String, Long> lag = new HashMap<>();
        streams.metrics().forEach((metric, value) -> {
            if (metric.name().equals("records-lag") && value.metricValue() instanceof Double records) {
                String kind = kinds.get(metric.tags().get("topic"));
                if (kind != null && !records.isNaN()) {
                    lag.put(kind + "-" + metric.tags().get("partition"), records.longValue());
                }
            }
        });
        return lag;
    }

    private Map<String, Long> committed() {
        Map<String, Long> committed = new HashMap<>();
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                task.committedOffsets().forEach((partition, offset) -> {
                    String kind = kinds.get(partition.topic());
                    if (kind != null) {
                        committed.put(kind + "-" + partition.partition(), offset);
                    }
                });
            }
        }
        return committed;
    }

    Health health() {
        Throwable broken = failure;
        if (broken != null) {
            return Health.dead(name + " stopped: " + broken.getMessage());
        }
        KafkaStreams.State state = streams.state();
        return switch (state) {
            case RUNNING -> Health.ready(name + " runs");
            case CREATED, REBALANCING ->
                Health.notReady(name + " is getting its partitions and restoring its state" + restoring());
            case PENDING_SHUTDOWN -> Health.notReady(name + " is closing");
            case NOT_RUNNING, PENDING_ERROR, ERROR -> Health.dead(name + " is not running: " + state);
        };
    }

    private String restoring() {
        Map<String, Long> going = restores.going();
        long left = going.values().stream().mapToLong(Long::longValue).sum();
        return going.isEmpty() ? "" : ": " + left + " records left in " + String.join(", ", going.keySet());
    }

    /** It is about to be closed: who is woken from a wait is no failure any more. */
    void closing() {
        closing = true;
    }

    private static boolean waited(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof WakeupException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        metrics.close();
        if (!streams.close(PATIENCE)) {
            LOG.warn("{} did not close within {} s", name, PATIENCE.toSeconds());
        }
    }
}
