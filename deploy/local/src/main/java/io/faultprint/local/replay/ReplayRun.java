package io.faultprint.local.replay;

import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.normalise.Limits;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.ingest.redact.Redactor;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.ingest.replay.Pace;
import io.faultprint.ingest.replay.Replay;
import io.faultprint.ingest.replay.ReplayProgress;
import io.faultprint.ingest.replay.ReplayResult;
import io.faultprint.ingest.replay.Speed;
import io.faultprint.local.up.LocalFaultprint;
import io.faultprint.local.up.Plan;
import io.faultprint.local.up.TopicFollower;
import io.faultprint.runtime.Health;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Feeds recorded telemetry to a running Faultprint, waits until every stage has dealt with it, and gathers what they
 * said. The files end with a final heartbeat, so that the last windows close without a clock.
 */
public final class ReplayRun implements AutoCloseable {

    /** A stage that does nothing at all for so long will not go on by itself. */
    private static final Duration STALL = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final String kafka;
    private final Plan plan;
    private final Supplier<Health> health;
    private final IngestConfig config;
    private final AvroCodec codec;
    private final Gathered gathered = new Gathered();
    private final TopicFollower follower;

    /** A replay into all of Faultprint on this machine. */
    public ReplayRun(LocalFaultprint running, IngestConfig config, AvroCodec codec) {
        this(running.addresses().kafka(), running.plan(), running::health, config, codec);
    }

    /**
     * A replay into stages that the caller runs.
     *
     * @param kafka where the broker is
     * @param plan which run, how cut
     * @param health of the stages: when they are not live, waiting for them ends
     * @param codec of the run's topics
     */
    public ReplayRun(String kafka, Plan plan, Supplier<Health> health, IngestConfig config, AvroCodec codec) {
        this.kafka = kafka;
        this.plan = plan;
        this.health = health;
        this.config = config;
        this.codec = codec;
        this.follower = new TopicFollower(
                        plan.client(kafka),
                        codec,
                        plan.run(),
                        plan.partitions(),
                        List.of(Topics.DIGESTS, Topics.INCIDENTS, Topics.DIAGNOSES),
                        (value, old) -> gathered.hear(value))
                .start();
    }

    /** Plays the files to their end; returns when Kafka has everything. */
    public ReplayResult feed(List<Path> files, Speed speed, Consumer<ReplayProgress> progress) {
        Map<String, String> properties = new HashMap<>(config.kafka().properties());
        plan.client(kafka).forEach((key, value) -> properties.put(key, String.valueOf(value)));
        Map<String, Object> settings = Replay.producerSettings(kafka, properties);
        Pace pace = new Pace(speed, monotonic(), time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
        Normaliser normaliser =
                new Normaliser(new Redactor(new TokenKey(config.redact().key())), Limits.DEFAULT);
        try (EventProducer producer =
                new EventProducer(new KafkaProducer<>(settings), codec, plan.run(), plan.partitions())) {
            return new Replay(producer, normaliser, plan.windows(), gathered::closedUpTo, progress, pace).run(files);
        }
    }

    /**
     * Waits until all windows are closed, all incidents are decided, every settled novel cluster has its diagnosis, and
     * all of that is indexed.
     *
     * @param step hears what is waited for
     * @throws IllegalStateException when nothing moves any more
     */
    public Gathered settle(Consumer<String> step) throws InterruptedException {
        Run run = plan.run();
        try (Admin admin = Admin.create(plan.client(kafka))) {
            step.accept("closing the last windows");
            await("the last windows did not close", gathered::ended);
            step.accept("deciding the last incidents");
            awaitGroup(admin, run.application("incidents"), List.of(run.topic(Topics.DIGESTS.name())));
            step.accept("diagnosing");
            await("a diagnosis did not come", () -> gathered.undiagnosed() == 0);
            step.accept("indexing");
            awaitGroup(
                    admin,
                    run.application("diagnose-index"),
                    List.of(run.topic(Topics.INCIDENTS.name()), run.topic(Topics.DIAGNOSES.name())));
            awaitGroup(admin, run.application("diagnose-ledger"), List.of(run.topic(Topics.DIGESTS.name())));
        }
        return gathered;
    }

    private void awaitGroup(Admin admin, String group, List<String> topics) throws InterruptedException {
        GroupProgress progress = new GroupProgress(admin, group);
        long since = System.nanoTime();
        while (true) {
            // Looked at anew each time: what the group writes may itself be among what it must have read.
            Map<TopicPartition, Long> last = new HashMap<>();
            topics.forEach(topic -> last.putAll(follower.last(topic)));
            if (progress.isBehind(last)) {
                return;
            }
            pause(since, group + " did not come to the end of " + String.join(", ", topics));
        }
    }

    private void await(String otherwise, BooleanSupplier done) throws InterruptedException {
        long since = System.nanoTime();
        long seen = gathered.closedUpTo();
        while (!done.getAsBoolean()) {
            if (gathered.closedUpTo() > seen) {
                seen = gathered.closedUpTo();
                since = System.nanoTime();
            }
            pause(since, otherwise);
        }
    }

    private void pause(long since, String otherwise) throws InterruptedException {
        if (!health.get().live()) {
            throw new IllegalStateException(health.get().detail());
        }
        if (System.nanoTime() - since > STALL.toNanos()) {
            throw new IllegalStateException(otherwise + " within " + STALL.toSeconds() + " s ("
                    + health.get().detail() + ")");
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis());
    }

    /** A clock that nobody sets: an hour must take an hour, also when the machine's time is corrected meanwhile. */
    private static InstantSource monotonic() {
        long begun = System.nanoTime();
        return () -> Instant.EPOCH.plusNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        follower.close();
    }
}
