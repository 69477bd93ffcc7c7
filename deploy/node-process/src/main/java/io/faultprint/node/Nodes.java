package io.faultprint.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The two nodes that Faultprint runs as children, found in a built copy of the repository. For a test this is all:
 *
 * <pre>{@code
 * try (NodeProcess kafka = Nodes.kafka(temporaryDirectory.resolve("kafka"))) {
 *     producer(kafka.address());
 * }
 * }</pre>
 */
public final class Nodes {

    /** The system property that names the root of the repository; the build sets it for tests. */
    public static final String ROOT_PROPERTY = "faultprint.root";

    private static final int KAFKA_HEAP = 256;
    private static final int OPENSEARCH_HEAP = 512;
    private static final int REGISTRY_HEAP = 256;

    private final Path root;

    private Nodes(Path root) {
        this.root = root;
    }

    /** The nodes of the repository at this root. */
    public static Nodes at(Path root) {
        return new Nodes(root.toAbsolutePath().normalize());
    }

    /** The nodes of the repository that the system property names, or that the working directory is in. */
    public static Nodes here() {
        Path start = Path.of(System.getProperty(ROOT_PROPERTY, "")).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("deploy/kafka-node"))) {
                return at(folder);
            }
        }
        throw new NodeStartException(
                "%s is not in a copy of Faultprint: set -D%s to its root".formatted(start, ROOT_PROPERTY), true);
    }

    /** Starts a Kafka broker, and returns when it serves. */
    public static NodeProcess kafka(Path data) {
        return NodeProcess.start(here().kafkaSpec(data));
    }

    /** Starts an OpenSearch node, and returns when it serves. */
    public static NodeProcess openSearch(Path data) {
        return NodeProcess.start(here().openSearchSpec(data));
    }

    /** Starts both side by side, in the folders {@code kafka} and {@code opensearch} of a directory. */
    public static NodePair both(Path data) {
        Nodes nodes = here();
        return NodePair.start(nodes.kafkaSpec(data.resolve("kafka")), nodes.openSearchSpec(data.resolve("opensearch")));
    }

    /** A Kafka broker (and controller) that keeps its data in this directory. */
    public NodeSpec kafkaSpec(Path data) {
        return spec("kafka-node", data, KAFKA_HEAP);
    }

    /** An OpenSearch node that keeps its data in this directory. */
    public NodeSpec openSearchSpec(Path data) {
        return spec("opensearch-node", data, OPENSEARCH_HEAP);
    }

    /** A schema registry with Confluent's API, for tests; it keeps its schemas in this directory. */
    public NodeSpec registrySpec(Path data) {
        return spec("registry-node", data, REGISTRY_HEAP);
    }

    /**
     * Makes later starts cheaper: runs each node once, in an empty directory, and keeps its loaded classes beside its
     * lib folder. Does nothing where that has been done for these very jars and this JVM; a new build undoes it. Takes
     * 10 to 20 s on an idle machine, and 130 MB of disk.
     *
     * @return false when the folder cannot be written or a node did not end well; starts are then as they were
     */
    public boolean prepare() {
        Path nowhere = Path.of("");
        return prepare(kafkaSpec(nowhere)) && prepare(openSearchSpec(nowhere));
    }

    private static boolean prepare(NodeSpec spec) {
        ClassArchive archive = ClassArchive.of(spec);
        if (!archive.exists() && archive.canBeMade()) {
            try {
                archive.make(spec);
            } catch (IOException | NodeStartException e) {
                return false;
            }
        }
        return archive.exists();
    }

    private NodeSpec spec(String module, Path data, int heapMegabytes) {
        Path lib = root.resolve("deploy").resolve(module).resolve("target").resolve("lib");
        return new NodeSpec("faultprint-" + module, lib, data, 0, heapMegabytes, Map.of(), NodeSpec.PATIENCE);
    }
}
