package io.faultprint.local.determinism;

import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.diagnose.DiagnoseStage;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.replay.ReplayProgress;
import io.faultprint.ingest.replay.ReplayResult;
import io.faultprint.ingest.replay.ShuffledLines;
import io.faultprint.ingest.replay.Speed;
import io.faultprint.local.determinism.Variant.Feed;
import io.faultprint.local.determinism.Variant.Trouble;
import io.faultprint.local.replay.Gathered;
import io.faultprint.local.replay.ReplayRun;
import io.faultprint.local.up.Plan;
import io.faultprint.node.NodePair;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Health;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** One variant, played to its end as a run of its own. */
final class Play {

    /** Where the middle part of a recording begins and ends, in which trouble comes. */
    private static final double FIRST_TROUBLE = 0.15;

    private static final double LAST_TROUBLE = 0.85;
    private static final int TROUBLES = 3;
    private static final long TROUBLE_SECONDS = 120;

    private final NodePair nodes;
    private final Plan plan;
    private final Run reference;
    private final Variant variant;
    private Span span;

    /** @param span what the recording fills, as far as it is known before */
    Play(NodePair nodes, Plan plan, Run reference, Variant variant, Span span) {
        this.nodes = nodes;
        this.plan = plan;
        this.reference = reference;
        this.variant = variant;
        this.span = span;
    }

    /** What came of it. */
    record Played(Said said, Gathered gathered, Span span) {}

    Played play(List<Path> files) throws InterruptedException {
        String kafka = nodes.kafka().address();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicAdmin(admin, plan.run(), plan.partitions()).ensure((short) 1);
        }
        Map<String, String> settings = new LinkedHashMap<>(plan.settings(kafka));
        if (variant.feed() instanceof Feed.ByPartition && variant.seed() % 2 == 1) {
            settings.put("kafka.properties.max.poll.records", "1");
        }
        try (DiagnoseStage diagnose = diagnose();
                Crew crew = new Crew(variant, settings, plan.data().root());
                ReplayRun replay =
                        new ReplayRun(kafka, plan, () -> health(diagnose, crew), ingest(), AvroCodec.bundled())) {
            diagnose.start();
            feed(replay, crew, files);
            Gathered gathered = replay.settle(step -> {});
            return new Played(Said.read(kafka, plan.run(), plan.partitions(), gathered.lines()), gathered, span);
        }
    }

    private void feed(ReplayRun replay, Crew crew, List<Path> files) throws InterruptedException {
        Feed feed = variant.feed();
        if (feed instanceof Feed.ByPartition) {
            try (Rearranged copy = copy()) {
                copy.byPartition(variant.seed());
            }
            crew.start();
            return;
        }
        crew.start();
        if (feed instanceof Feed.Permuted) {
            try (Rearranged copy = copy()) {
                copy.permuted(variant.seed(), plan.windows().latenessMillis());
            }
        } else if (feed instanceof Feed.Shuffled) {
            List<Path> shuffled = shuffled(files);
            try {
                replay.feed(shuffled, Speed.MAX, progress -> {});
            } finally {
                shuffled.forEach(Play::delete);
            }
        } else if (feed instanceof Feed.Played played) {
            played(replay, crew, files, played.speed());
        } else if (feed instanceof Feed.Lasting lasting) {
            played(replay, crew, files, span.lasting(lasting.time()));
        }
    }

    /** Trouble comes at random points of the recording, and the recording goes on meanwhile. */
    private void played(ReplayRun replay, Crew crew, List<Path> files, Speed speed) throws InterruptedException {
        Random random = new Random(variant.seed());
        TreeSet<Double> points = new TreeSet<>();
        while (variant.trouble() != Trouble.NONE && points.size() < TROUBLES) {
            points.add(FIRST_TROUBLE + random.nextDouble() * (LAST_TROUBLE - FIRST_TROUBLE));
        }
        ExecutorService fate = Executors.newSingleThreadExecutor();
        List<Future<?>> befallen = new ArrayList<>();
        try {
            ReplayResult result = replay.feed(files, speed, (ReplayProgress progress) -> {
                while (!points.isEmpty() && points.first() <= span.share(progress.eventTime())) {
                    points.pollFirst();
                    befallen.add(fate.submit(crew::befall));
                }
            });
            span = new Span(result.coveredFrom(), result.lastTime());
            for (Future<?> each : befallen) {
                each.get(TROUBLE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(variant + ": an instance could not be lost and replaced", e);
        } finally {
            fate.shutdownNow();
        }
    }

    private List<Path> shuffled(List<Path> files) {
        List<Path> shuffled = new ArrayList<>();
        try {
            for (Path file : files) {
                // A name of its own by number: the same name twice must not be one file.
                Path to = plan.data().root().resolve("lines-" + variant.seed() + "-" + shuffled.size() + ".jsonl");
                ShuffledLines.write(file, plan.windows().latenessMillis(), variant.seed(), to);
                shuffled.add(to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the shuffled lines could not be written", e);
        }
        return shuffled;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Rearranged copy() {
        return new Rearranged(nodes.kafka().address(), reference, plan.run(), plan.partitions());
    }

    private DiagnoseStage diagnose() {
        List<String> flags = new ArrayList<>();
        plan.settings(nodes.kafka().address()).forEach((key, value) -> flags.add("--" + key + "=" + value));
        flags.add("--opensearch.url=http://" + nodes.openSearch().address());
        flags.add("--opensearch.create=true");
        DiagnoseConfig config = new ConfigLoader("diagnose", List.of(DiagnoseConfig.class))
                .load(flags, System.getenv())
                .get(DiagnoseConfig.class);
        return new DiagnoseStage(config, new SimpleMeterRegistry());
    }

    private static IngestConfig ingest() {
        return new ConfigLoader("ingest", List.of(IngestConfig.class))
                .load(List.of(), System.getenv())
                .get(IngestConfig.class);
    }

    private static Health health(DiagnoseStage diagnose, Crew crew) {
        Health health = diagnose.check();
        return health.live() ? crew.health() : health;
    }
}
