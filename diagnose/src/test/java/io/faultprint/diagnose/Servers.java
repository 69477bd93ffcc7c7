package io.faultprint.diagnose;

import io.faultprint.node.NodePair;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One real broker and one real OpenSearch node for all tests of this JVM; every test is a run of its own on them. */
public final class Servers {

    private static @Nullable Servers shared;

    private final Path directory;
    private final NodeProcess kafka;
    private NodeProcess openSearch;

    private Servers(Path directory) {
        this.directory = directory;
        NodePair pair = Nodes.both(directory);
        this.kafka = pair.kafka();
        this.openSearch = pair.openSearch();
    }

    /** Started by who asks first; ended with the JVM. */
    public static synchronized Servers shared() {
        if (shared == null) {
            try {
                Servers made = new Servers(Files.createTempDirectory("faultprint-diagnose"));
                Runtime.getRuntime().addShutdownHook(new Thread(made::end));
                shared = made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    public String kafka() {
        return kafka.address();
    }

    /** The broker's process, to stop and to continue. */
    public long kafkaPid() {
        return kafka.pid();
    }

    /** The node's address; the same after a restart. */
    public String openSearch() {
        return openSearch.address();
    }

    /** As a crash would. */
    public void killOpenSearch() {
        openSearch.kill();
    }

    /** On the same data, after {@link #killOpenSearch}. */
    public void startOpenSearch() {
        openSearch = Nodes.openSearch(directory.resolve("opensearch"));
    }

    private void end() {
        openSearch.kill();
        kafka.kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println(directory + " is left: " + e);
        }
    }
}
