package io.faultprint.local.up;

import io.faultprint.local.data.Addresses;
import io.faultprint.local.data.DirectoryLock;
import io.faultprint.local.setup.Setup;
import io.faultprint.local.setup.SetupConfig;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.NodeSpec;
import io.faultprint.node.NodeStartException;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.AdminServer;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Logs;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.KafkaSettings;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of Faultprint on this machine: a broker and an OpenSearch node as child processes, the topics, and the stages in
 * this process. What is started is ended in the opposite order, also when the start fails half-way.
 */
public final class LocalFaultprint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFaultprint.class);

    private static final Duration READY = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Plan plan;
    private final Consumer<String> progress;
    private final long begun = System.nanoTime();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<NodeProcess> children = new ArrayList<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable LocalStages stages;
    private RegistrySettings registry = RegistrySettings.NONE;
    private Addresses addresses = new Addresses(0, "", "", "", "");

    private LocalFaultprint(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Starts everything, and returns when telemetry can be sent.
     *
     * @param progress hears one line for each part that is ready
     * @throws io.faultprint.runtime.UsageError when somebody else holds the directory, or a configuration is wrong
     * @throws NodeStartException when a child does not come up
     */
    public static LocalFaultprint start(Plan plan, Consumer<String> progress) {
        LocalFaultprint all = new LocalFaultprint(plan, progress);
        try {
            all.begin();
            return all;
        } catch (RuntimeException failure) {
            all.close();
            throw failure;
        }
    }

    private void begin() {
        DirectoryLock lock = plan.data().lock();
        started.push(lock);
        // Only now: the log of a running Faultprint must not be touched by one that is refused.
        Logs.textToFile(plan.data().log(), Logs.Level.INFO);
        progress.accept("Faultprint keeps its data in " + plan.data().root());
        LocalStages.Addressed where = servers();
        LocalStages all = new LocalStages(plan, where, System.getenv(), meters);
        stages = all;
        startStages(all.all());
        AdminServer admin = AdminServer.start("127.0.0.1", 0, this::health, meters);
        started.push(admin);
        addresses = new Addresses(
                ProcessHandle.current().pid(),
                all.door(),
                where.openSearch(),
                where.kafka(),
                "http://127.0.0.1:" + admin.port());
        plan.data().publish(addresses);
        started.push(plan.data()::unpublish);
    }

    /** The user's servers, or children of this process. */
    private LocalStages.Addressed servers() {
        OwnServers own = plan.own();
        if (own != null) {
            SetupConfig config = setup(own);
            registry = config.registry();
            try (Setup setup = new Setup(config)) {
                setup.create();
            }
            return new LocalStages.Addressed(own.kafka(), own.openSearch(), plan.otlpPort());
        }
        Nodes nodes = Nodes.here();
        NodeProcess kafka = launch(nodes.kafkaSpec(plan.data().kafka()));
        NodeProcess openSearch =
                launch(nodes.openSearchSpec(plan.data().openSearch()).withPort(plan.openSearchPort()));
        CompletableFuture<Void> store = CompletableFuture.runAsync(() -> {
            openSearch.awaitReady();
            ready("OpenSearch", "http://" + openSearch.address());
        });
        kafka.awaitReady();
        ready("Kafka", kafka.address());
        createTopics(kafka.address());
        join(store);
        return new LocalStages.Addressed(kafka.address(), "http://" + openSearch.address(), plan.otlpPort());
    }

    private NodeProcess launch(NodeSpec spec) {
        NodeProcess node = NodeProcess.launch(spec);
        children.add(node);
        started.push(node);
        return node;
    }

    /** As {@code setup} is told by the same environment. */
    private SetupConfig setup(OwnServers own) {
        List<String> flags = new ArrayList<>();
        plan.settings(own.kafka()).forEach((key, value) -> {
            if (!key.startsWith("window.")) {
                flags.add("--" + key + "=" + value);
            }
        });
        flags.add("--opensearch.url=" + own.openSearch());
        return new ConfigLoader("setup", List.of(SetupConfig.class))
                .load(flags, System.getenv())
                .get(SetupConfig.class);
    }

    private void createTopics(String kafka) {
        try (Admin admin = Admin.create(KafkaSettings.asking(plan.client(kafka)))) {
            List<String> created = new TopicAdmin(admin, plan.run(), plan.partitions()).ensure((short) 1);
            LOG.info("created topics {}", created);
        }
    }

    /** Side by side: each waits for the broker most of the time. */
    private void startStages(List<LocalStages.Named> all) {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (LocalStages.Named named : all) {
            started.push(named.stage());
            starts.add(CompletableFuture.runAsync(() -> {
                named.stage().start();
                awaitReady(named);
                ready(named.name(), "");
            }));
        }
        starts.forEach(LocalFaultprint::join);
    }

    /** A stage begins to work a little after its start returns; a broken one is left to {@link #health()}. */
    private static void awaitReady(LocalStages.Named named) {
        long until = System.nanoTime() + READY.toNanos();
        while (System.nanoTime() < until) {
            Health health = named.stage().check();
            if (health.ready() || !health.live()) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void ready(String part, String where) {
        long millis = (System.nanoTime() - begun) / 1_000_000;
        progress.accept("  %-11s %-40s %4.1f s".formatted(part, where, millis / 1000.0));
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** Where it can be reached. */
    public Addresses addresses() {
        return addresses;
    }

    public Plan plan() {
        return plan;
    }

    /** Where the schema ids of the run's topics come from. */
    public RegistrySettings registry() {
        return registry;
    }

    /** Seconds since the start was asked for. */
    public double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The health of all parts as one: the first that is not well speaks. */
    public Health health() {
        Optional<NodeProcess> gone =
                children.stream().filter(child -> !child.alive()).findFirst();
        if (gone.isPresent()) {
            return Health.dead("a server that Faultprint runs has ended ("
                    + gone.get().address() + "); see " + plan.data().root() + "/*/node.log");
        }
        LocalStages now = stages;
        for (LocalStages.Named named : now == null ? List.<LocalStages.Named>of() : now.all()) {
            Health health = named.stage().check();
            if (!health.live() || !health.ready()) {
                return new Health(health.live(), health.ready(), named.name() + ": " + health.detail());
            }
        }
        return Health.ready("all parts work");
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                // The rest must still be ended: a child that is left running would hold the directory.
                LOG.error("a part did not end cleanly", failure);
            }
        }
    }
}
