package io.faultprint.correlate;

import io.faultprint.correlate.topology.signals.Brakes;
import io.faultprint.correlate.watch.Board;
import io.faultprint.correlate.watch.Watcher;
import io.faultprint.id.Ids;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Stage;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import io.faultprint.watch.KafkaPulseSink;
import io.faultprint.watch.Pulses;
import io.faultprint.watch.Who;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The correlate stage: the applications {@code signals} and {@code incidents}, joined by the topic {@code digests}. */
public final class CorrelateStage implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(CorrelateStage.class);

    private static final String SIGNALS = "signals";
    private static final String INCIDENTS = "incidents";

    /** The topics whose records this stage makes. */
    private static final List<Topic> WRITTEN = List.of(
            Topics.PARTIALS,
            Topics.SIGNATURES,
            Topics.SNAPSHOTS,
            Topics.DIGESTS,
            Topics.INCIDENTS,
            Topics.CLUSTERS,
            Topics.PULSE);

    private final CorrelateConfig config;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final List<StreamsApp> apps = new ArrayList<>();
    private @Nullable Watcher watcher;
    private @Nullable Gauge held;
    private volatile @Nullable Pulses pulses;
    private @Nullable TopicSchemas schemas;

    public CorrelateStage(CorrelateConfig config, MeterRegistry meters) {
        this(config, meters, InstantSource.system());
    }

    /** The clock is for what operators are told, and decides nothing. */
    CorrelateStage(CorrelateConfig config, MeterRegistry meters, InstantSource clock) {
        this.config = config;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        stateDirectory();
        topics();
        Run run = config.run().run();
        TopicSchemas read = TopicSchemas.open(config.registry(), run, WRITTEN, clock, meters);
        schemas = read;
        CorrelateTopologies topologies = new CorrelateTopologies(config, read.codec(), meters);
        Brakes brakes = new Brakes();
        held = Gauge.builder("faultprint.correlate.inputs.held", brakes, Brakes::held)
                .description("Inputs that are not read on because they are far ahead of the others")
                .register(meters);
        Board board = new Board();
        StreamsApp signals = new StreamsApp(
                SIGNALS,
                topologies.signals(board, brakes),
                config,
                config.streams().signalsThreads(),
                new BrakedClients(brakes::holds),
                meters);
        apps.add(signals);
        StreamsApp incidents = new StreamsApp(
                INCIDENTS,
                topologies.incidents(board),
                config,
                config.streams().incidentsThreads(),
                new BrakedClients(partition -> false),
                meters);
        apps.add(incidents);
        apps.forEach(StreamsApp::start);
        pulses(run, read, board);
        LOG.info("signals and incidents started for {}", run);
    }

    /**
     * The topics in which Kafka Streams keeps the stage's state. It creates those that are missing; where a principal may
     * not, they are created beforehand. The stage need not be started.
     */
    public List<Changelog> changelogs() {
        CorrelateTopologies topologies = new CorrelateTopologies(config, AvroCodec.bundled(), meters);
        Run run = config.run().run();
        PartitionSettings counts = config.partitions();
        List<Changelog> all = new ArrayList<>();
        all.addAll(
                Changelog.of(run.application(SIGNALS), topologies.signals(new Board(), new Brakes()), counts.events()));
        all.addAll(Changelog.of(run.application(INCIDENTS), topologies.incidents(new Board()), counts.incidents()));
        return all;
    }

    private void pulses(Run run, TopicSchemas read, Board board) {
        List<StreamsApp> started = List.copyOf(apps);
        Watcher watching = new Watcher(
                board,
                () -> started.stream().map(StreamsApp::view).toList(),
                config.window().windows(),
                run.id().isEmpty(),
                config.pulse().blindAfter(),
                clock,
                meters);
        watcher = watching;
        Who who = new Who("correlate", instance(), config.fingerprint());
        pulses = new Pulses(
                        who,
                        run.id(),
                        config.pulse(),
                        () -> read.over(watching.look()),
                        new KafkaPulseSink(config.kafka().client(), run, read.codec(), who),
                        clock,
                        meters)
                .start();
    }

    /** The same after a restart, and another for a second process on this machine, which has another directory. */
    private String instance() {
        String directory =
                config.streams().stateDir().toAbsolutePath().normalize().toString();
        return Who.host() + "-" + Ids.hash(directory).substring(0, 4);
    }

    @Override
    public synchronized Health check() {
        if (apps.isEmpty()) {
            return Health.notReady("not started");
        }
        List<Health> all = apps.stream().map(StreamsApp::health).toList();
        Pulses watched = pulses;
        String trouble = watched == null ? "" : watched.trouble();
        String detail = String.join("; ", all.stream().map(Health::detail).toList())
                + (trouble.isEmpty() ? "" : "; " + trouble);
        Health health =
                new Health(all.stream().allMatch(Health::live), all.stream().allMatch(Health::ready), detail);
        return schemas == null ? health : schemas.over(health);
    }

    @Override
    public synchronized void close() {
        Pulses watched = pulses;
        if (watched != null) {
            watched.close();
            pulses = null;
        }
        if (watcher != null) {
            watcher.close();
            watcher = null;
        }
        if (held != null) {
            meters.remove(held);
            held = null;
        }
        apps.forEach(StreamsApp::closing);
        // Before the applications: a task that waits for the registry would not hear that it is to end.
        if (schemas != null) {
            schemas.close();
            schemas = null;
        }
        apps.forEach(StreamsApp::close);
        apps.clear();
    }

    /** Kafka Streams would say the same with a stack trace and without the setting. */
    private void stateDirectory() {
        Path directory = config.streams().stateDir();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UsageError(
                    "streams.state-dir " + directory + ": cannot be created (" + e + "); name a directory that can", e);
        }
        if (!Files.isWritable(directory)) {
            throw new UsageError("streams.state-dir " + directory + ": cannot be written; name a directory that can");
        }
    }

    private void topics() {
        try (Admin admin = Admin.create(KafkaSettings.asking(config.kafka().client()))) {
            new TopicAdmin(admin, config.run().run(), config.partitions().partitions()).check();
        } catch (IllegalStateException | KafkaException e) {
            throw TopicAdmin.noBroker(config.kafka().bootstrapServers(), e);
        }
    }
}
