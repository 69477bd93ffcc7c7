package io.faultprint.chaos.world;

import io.faultprint.chaos.endpoint.ModelEndpoint;
import io.faultprint.chaos.endpoint.OpenSearchProxy;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.NodeSpec;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One whole Faultprint as processes: a broker, an OpenSearch node behind a proxy, a model's endpoint, and the stages,
 * each in a slot that is filled again when its process ends.
 */
public final class World implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(World.class);

    private static final int BROKER_MEGABYTES = 1_024;
    private static final int STATE_MEGABYTES = 16;

    private final WorldSettings settings;
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private final Thread hook = new Thread(this::end, "chaos-end");
    private final List<Slot> correlates = new ArrayList<>();
    private final Map<String, Integer> admins = new LinkedHashMap<>();
    private final NodeSpec kafkaSpec;
    private final NodeSpec openSearchSpec;
    private final int door = Ports.free();
    private final OpenSearchProxy store;
    private final ModelEndpoint model;
    private final Stages stages;
    private final Slot ingest;
    private final Slot diagnose;
    private NodeProcess kafka;
    private NodeProcess openSearch;
    private @Nullable SmallDisk brokerDisk;
    private @Nullable SmallDisk stateDisk;

    /** Starts the servers, and then the stages, which take a few seconds more. */
    public World(WorldSettings settings, long seed) throws IOException, InterruptedException {
        this.settings = settings;
        // Stages are no part of this process: whoever ends the command by a signal would leave them behind.
        Runtime.getRuntime().addShutdownHook(hook);
        Files.createDirectories(settings.directory().resolve("log"));
        NodeSpec broker = settings.nodes().kafkaSpec(settings.directory().resolve("kafka"));
        NodeSpec node = settings.nodes().openSearchSpec(settings.directory().resolve("opensearch"));
        try {
            if (settings.smallDisks()) {
                brokerDisk = keep(SmallDisk.mount(settings.directory().resolve("kafka"), BROKER_MEGABYTES));
                stateDisk = keep(SmallDisk.mount(settings.directory().resolve("state"), STATE_MEGABYTES));
            }
            this.kafka = keep(NodeProcess.launch(broker));
            this.openSearch = keep(NodeProcess.launch(node));
            kafka.awaitReady();
            openSearch.awaitReady();
            createTopics(kafka.address());
            // Whoever comes back must be found where it was.
            this.kafkaSpec = broker.withPort(kafka.port());
            this.openSearchSpec = node.withPort(openSearch.port());
            this.store = keep(new OpenSearchProxy(openSearch.address(), seed));
            this.model = keep(new ModelEndpoint());
            this.stages = new Stages(settings, kafka.address());
            this.ingest = keep(stages.ingest(door, admin("ingest")));
            for (int i = 1; i <= settings.correlates(); i++) {
                correlates.add(keep(stages.correlate(i, admin("correlate-" + i))));
            }
            this.diagnose = keep(stages.diagnose(admin("diagnose"), "http://" + store.address(), model.url()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        slots().forEach(Slot::start);
    }

    private static void createTopics(String kafka) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicAdmin(admin, WorldSettings.RUN, WorldSettings.PARTITIONS).ensure((short) 1);
        }
    }

    private int admin(String slot) {
        int port = Ports.free();
        admins.put(slot, port);
        return port;
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    /** Every stage's slot, in the order of the flow. */
    public List<Slot> slots() {
        List<Slot> all = new ArrayList<>();
        all.add(ingest);
        all.addAll(correlates);
        all.add(diagnose);
        return all;
    }

    public Slot ingest() {
        return ingest;
    }

    public List<Slot> correlates() {
        return List.copyOf(correlates);
    }

    public Slot diagnose() {
        return diagnose;
    }

    /** Where a stage tells health and metrics, by its slot. */
    public Map<String, Integer> admins() {
        return Map.copyOf(admins);
    }

    public OpenSearchProxy store() {
        return store;
    }

    public ModelEndpoint model() {
        return model;
    }

    /** Where senders reach ingest. */
    public URI door() {
        return URI.create("http://127.0.0.1:" + door);
    }

    /** The broker, as host:port. */
    public String kafka() {
        return "127.0.0.1:" + kafkaSpec.port();
    }

    /** The OpenSearch node itself, past the proxy. */
    public URI openSearch() {
        return URI.create("http://127.0.0.1:" + openSearchSpec.port());
    }

    public WorldSettings settings() {
        return settings;
    }

    /** Ends the broker at once, as a crash would. */
    public void killBroker() {
        kafka.kill();
    }

    /** Starts the broker again on what it left. */
    public void startBroker() {
        opened.remove(kafka);
        kafka = keep(NodeProcess.start(kafkaSpec));
    }

    /** Ends the OpenSearch node at once. */
    public void killOpenSearch() {
        openSearch.kill();
    }

    /** Starts the OpenSearch node again on what it left. */
    public void startOpenSearch() {
        opened.remove(openSearch);
        openSearch = keep(NodeProcess.start(openSearchSpec));
    }

    /** The disk that the broker writes to. */
    public SmallDisk brokerDisk() {
        return Objects.requireNonNull(brokerDisk, "no small disks were asked for");
    }

    /** The disk that the stages keep their state on. */
    public SmallDisk stateDisk() {
        return Objects.requireNonNull(stateDisk, "no small disks were asked for");
    }

    /** Deletes what Kafka Streams keeps on disk for an instance of correlate, which must not run meanwhile. */
    public void deleteState(Slot correlate) {
        try (var files = Files.walk(stages.state(correlate.name()))) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(correlate.name() + ": its state could not be deleted", e);
        }
    }

    /** A further correlate that reads another run's topics, to be compared with; the caller closes it, or the end of this does. */
    public Slot another(Run run) {
        Slot slot = keep(stages.correlate("second-reading", run, Ports.free()));
        slot.start();
        return slot;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signal) {
            LOG.info("the command is being ended: {}", signal.getMessage());
        }
        end();
    }

    private void end() {
        for (AutoCloseable part = opened.pollFirst(); part != null; part = opened.pollFirst()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("a part of the harness did not end cleanly", e);
            }
        }
    }
}
