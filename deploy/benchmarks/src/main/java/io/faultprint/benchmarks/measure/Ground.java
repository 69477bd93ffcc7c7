package io.faultprint.benchmarks.measure;

import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * What benchmarks stand on: how much to do, a folder, a clock, and one real broker and one OpenSearch node for all, each
 * started when first needed.
 */
public final class Ground implements AutoCloseable {

    private final Rounds rounds;
    private final int events;
    private final Path folder;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private @Nullable NodeProcess broker;
    private @Nullable NodeProcess store;
    private int names;

    /**
     * @param events of a round; a benchmark of something else than throughput takes from it how large it is
     * @param folder for servers and state; its owner deletes it
     * @param clock for what happens in real time
     * @param progress hears what is going on
     */
    public Ground(Rounds rounds, int events, Path folder, InstantSource clock, Consumer<String> progress) {
        this.rounds = rounds;
        this.events = events;
        this.folder = folder;
        this.clock = clock;
        this.progress = progress;
    }

    public Rounds rounds() {
        return rounds;
    }

    public int events() {
        return events;
    }

    public InstantSource clock() {
        return clock;
    }

    /** Says what is going on. */
    public void tell(String what) {
        progress.accept(what);
    }

    /** A word that no other topic, application or folder of this ground has. */
    public String fresh(String word) {
        return word + ++names;
    }

    /** A folder that is not there yet. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** The address of the broker. */
    public String kafka() {
        NodeProcess running = broker;
        if (running == null) {
            tell("starting Kafka");
            running = Nodes.kafka(folder.resolve("kafka"));
            broker = running;
        }
        return running.address();
    }

    /** The address of the OpenSearch node. */
    public String openSearch() {
        NodeProcess running = store;
        if (running == null) {
            tell("starting OpenSearch");
            running = Nodes.openSearch(folder.resolve("opensearch"));
            store = running;
        }
        return "http://" + running.address();
    }

    /** A run whose topics are there and empty. */
    public Run run(Partitions partitions) {
        Run run = new Run("benchmark", fresh("r"));
        ensure(run, partitions);
        return run;
    }

    /** Creates the topics of a run. */
    public void ensure(Run run, Partitions partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            new TopicAdmin(admin, run, partitions).ensure((short) 1);
        }
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }
}
