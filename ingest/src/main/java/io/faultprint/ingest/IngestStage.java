package io.faultprint.ingest;

import io.faultprint.id.Ids;
import io.faultprint.ingest.consume.TopicDoors;
import io.faultprint.ingest.file.FileDoor;
import io.faultprint.ingest.file.FileGroup;
import io.faultprint.ingest.file.FileMeters;
import io.faultprint.ingest.heartbeat.Coverage;
import io.faultprint.ingest.heartbeat.DoorFile;
import io.faultprint.ingest.heartbeat.Heartbeats;
import io.faultprint.ingest.heartbeat.Watermark;
import io.faultprint.ingest.http.HttpDoor;
import io.faultprint.ingest.http.HttpLimits;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.pulse.PulseReason;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Stage;
import io.faultprint.serde.registry.TopicSchemas;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import io.faultprint.watch.KafkaPulseSink;
import io.faultprint.watch.Pulses;
import io.faultprint.watch.Sight;
import io.faultprint.watch.Who;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ingest stage: the HTTP door, the file door where files are named, their producer and heartbeats, and the doors of foreign topics. */
public final class IngestStage implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(IngestStage.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** A topic whose partitions others read, or whose broker is slow, must not keep the rest silent for long. */
    private static final Duration FIRST_WORDS = Duration.ofSeconds(10);

    /** The topics whose records this stage makes. */
    private static final List<Topic> WRITTEN = Stream.concat(Topics.eventTopics().stream(), Stream.of(Topics.PULSE))
            .toList();

    private final IngestConfig config;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final LossCounters losses = new LossCounters();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final KafkaPulse pulse;
    private volatile @Nullable HttpDoor http;
    private volatile @Nullable TopicDoors topics;
    private volatile @Nullable Pulses pulses;
    private volatile @Nullable FileDoor files;

    public IngestStage(IngestConfig config, MeterRegistry meters) {
        this(config, meters, InstantSource.system());
    }

    IngestStage(IngestConfig config, MeterRegistry meters, InstantSource clock) {
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.pulse = new KafkaPulse(clock, config.kafka().delivery());
    }

    @Override
    public void start() {
        try {
            open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open() {
        Run run = config.run().run();
        Partitions partitions = config.partitions().partitions();
        topics(run, partitions);
        TopicSchemas schemas = keep(TopicSchemas.open(config.registry(), run, WRITTEN, clock, meters));
        DoorFile file = keep(DoorFile.open(config.state().dir(), config.door().name(), defaultDoor(), clock.millis()));
        EventProducer producer = keep(new EventProducer(
                new KafkaProducer<>(EventProducer.settings(
                        config.kafka().bootstrapServers(),
                        config.kafka().properties(),
                        config.kafka().delivery(),
                        2 * config.http().maxInFlight().bytes())),
                schemas.codec(),
                run,
                partitions));
        producer.warm();
        if (config.redact().key().equals(TokenKey.LOCAL)) {
            LOG.warn("redact.key is the public default: secrets become tokens that anybody can check guesses against; "
                    + "set your own key outside of local mode");
        }
        losses.bind(meters, file.door());
        Watermark watermark = new Watermark(clock, config.window().lateness().toMillis());
        Normaliser normaliser =
                new Normaliser(new Redactor(new TokenKey(config.redact().key())), Limits.DEFAULT);
        // Before any other door speaks: what stands in files may be older, and must not be late.
        openFiles(normaliser, producer);
        HttpDoor.Needs needs = new HttpDoor.Needs(file.door(), normaliser, producer, watermark, losses, meters);
        long coveredFrom = clock.millis();
        HttpDoor door = keep(HttpDoor.start(config.http().host(), config.http().port(), needs, limits()));
        http = door;
        DoorWatch watch =
                new DoorWatch(file.door(), watermark, pulse, config.pulse().blindAfter(), clock, meters);
        Coverage coverage = new Coverage(file.door(), file.epoch(), coveredFrom, clock);
        Heartbeats beats = keep(new Heartbeats(
                watermark,
                reached -> producer.heartbeat(
                        (topic, partition) -> coverage.word(topic, partition, reached), (topic, partition, problem) -> {
                            if (problem != null) {
                                coverage.refused(topic, partition);
                            }
                            watch.beat(problem);
                        })));
        if (!config.topics().isEmpty()) {
            // Before the HTTP door promises the present: what stands in topics may be older, and must not be late.
            TopicDoors bound = keep(topicDoors(run, partitions, normaliser, schemas, producer));
            topics = bound;
            bound.awaitWords(FIRST_WORDS);
        }
        beats.start(BEAT);
        pulses = keep(pulses(run, file.door(), watch, schemas));
        LOG.info(
                "door {} (epoch {}) listens on http://{}:{}",
                file.door(),
                file.epoch(),
                config.http().host(),
                door.port());
    }

    private void openFiles(Normaliser normaliser, EventProducer producer) {
        List<FileGroup> groups = FileGroup.of(config.files());
        FileMeters fileMeters = new FileMeters(meters);
        if (groups.isEmpty()) {
            return;
        }
        String name = config.door().name().isBlank() ? host() : config.door().name();
        LossCounters fileLosses = new LossCounters();
        FileDoor door = keep(FileDoor.start(
                new FileDoor.Needs(
                        config.state().dir().resolve("files"),
                        "files@" + name,
                        normaliser,
                        producer,
                        fileLosses,
                        clock,
                        config.window().lateness().toMillis(),
                        config.time().future().toMillis(),
                        config.kafka().delivery()),
                groups,
                fileMeters));
        fileLosses.bind(meters, door.name());
        DoorWatch.delay(meters, door.name(), () -> clock.millis() - door.watermark());
        files = door;
        LOG.info("door {} follows {}", door.name(), config.files());
    }

    private TopicDoors topicDoors(
            Run run, Partitions partitions, Normaliser normaliser, TopicSchemas schemas, EventProducer others) {
        return TopicDoors.start(
                config.topics(),
                config.kafka().bootstrapServers(),
                config.kafka().properties(),
                config.kafka().delivery(),
                config.state().dir(),
                others,
                new TopicDoors.Needs(
                        run,
                        partitions,
                        normaliser,
                        schemas.codec(),
                        config.window().lateness().toMillis(),
                        config.time().future().toMillis(),
                        config.pulse().blindAfter(),
                        clock,
                        meters));
    }

    private Pulses pulses(Run run, String door, DoorWatch watch, TopicSchemas schemas) {
        Map<String, Object> client = new HashMap<>(config.kafka().properties());
        client.put("bootstrap.servers", config.kafka().bootstrapServers());
        Who who = new Who("ingest", door, fingerprint());
        return new Pulses(
                        who,
                        run.id(),
                        config.pulse(),
                        () -> together(watch.look()),
                        new KafkaPulseSink(client, run, schemas.codec(), who),
                        clock,
                        meters)
                .start();
    }

    /** What the HTTP door sees, the file door, and the doors of topics: the instance has come as far as the least of them. */
    private Sight together(Sight http) {
        TopicDoors bound = topics;
        Sight all = http;
        List<Sight> doors = new ArrayList<>(bound == null ? List.of() : bound.look());
        FileDoor follower = files;
        if (follower != null) {
            doors.add(follower.look(config.pulse().blindAfter()));
        }
        for (Sight door : doors) {
            List<PulseReason> reasons = new ArrayList<>(all.reasons());
            reasons.addAll(door.reasons());
            Long far = all.watermark();
            Long other = door.watermark();
            all = new Sight(
                    reasons,
                    far == null || (other != null && other < far) ? other : far,
                    all.lag() + door.lag(),
                    all.openWindows());
        }
        return all;
    }

    /** Of what events depend on; nothing secret is in it. */
    private String fingerprint() {
        return Ids.hash(
                config.window().toString(),
                config.partitions().toString(),
                config.time().toString());
    }

    private void topics(Run run, Partitions partitions) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put("bootstrap.servers", config.kafka().bootstrapServers());
        try (Admin admin = Admin.create(KafkaSettings.asking(settings))) {
            new TopicAdmin(admin, run, partitions).check();
        } catch (IllegalStateException | org.apache.kafka.common.KafkaException e) {
            throw TopicAdmin.noBroker(config.kafka().bootstrapServers(), e);
        }
    }

    private HttpLimits limits() {
        IngestConfig.Http set = config.http();
        return new HttpLimits(
                set.maxBody().bytes(),
                set.maxInflated().bytes(),
                set.maxParts(),
                set.maxInFlight().bytes(),
                set.maxConnections(),
                set.bodyDeadline(),
                config.time().future().toMillis(),
                config.kafka().delivery());
    }

    @Override
    public Health check() {
        if (http == null) {
            return Health.notReady("not started");
        }
        TopicDoors bound = topics;
        Optional<String> failure = bound == null ? Optional.empty() : bound.failure();
        if (failure.isPresent()) {
            return new Health(false, false, failure.get());
        }
        Pulses watched = pulses;
        Health health = pulse.health();
        String trouble = watched == null ? "" : watched.trouble();
        FileDoor follower = files;
        if (follower != null && !follower.alive()) {
            return Health.dead(follower.trouble());
        }
        if (follower != null && trouble.isEmpty()) {
            trouble = follower.trouble();
        }
        return trouble.isEmpty() ? health : new Health(health.live(), health.ready(), health.detail() + "; " + trouble);
    }

    /** The port of the HTTP door, once it is started. */
    public int port() {
        HttpDoor door = http;
        if (door == null) {
            throw new IllegalStateException("not started");
        }
        return door.port();
    }

    /** What became of everything that the doors of topics received here, by their names. */
    public Map<String, LossCounters.Loss> topicLosses() {
        TopicDoors bound = topics;
        return bound == null ? Map.of() : bound.losses();
    }

    /** What became of everything the HTTP door received. */
    public LossCounters.Loss loss() {
        return losses.loss();
    }

    /** Stops listening, lets what was accepted reach Kafka, and gives up the door; last opened, first closed. */
    @Override
    public void close() {
        http = null;
        while (true) {
            AutoCloseable part = opened.poll();
            if (part == null) {
                return;
            }
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} could not be closed", part, e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    private static String defaultDoor() {
        return "otlp-http@" + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
