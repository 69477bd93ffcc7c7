package io.faultprint.local;

import io.faultprint.local.data.Addresses;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.data.DirectoryLock;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.UsageError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kafka for a question: that of the Faultprint that runs on the data directory; when none runs there, the directory's own
 * broker, started for as long as the question takes; or a Kafka of the user's.
 */
final class KafkaAccess implements AutoCloseable {

    private final Map<String, Object> client;
    private final @Nullable String door;
    private final @Nullable NodeProcess node;
    private final @Nullable DirectoryLock lock;

    private KafkaAccess(
            String bootstrap,
            Map<String, String> properties,
            @Nullable String door,
            @Nullable NodeProcess node,
            @Nullable DirectoryLock lock) {
        this.client = new HashMap<>(Map.of("default.api.timeout.ms", "15000", "request.timeout.ms", "10000"));
        this.client.putAll(properties);
        this.client.put("bootstrap.servers", bootstrap);
        this.door = door;
        this.node = node;
        this.lock = lock;
    }

    /** A Kafka of the user's, with these client properties. */
    static KafkaAccess of(String bootstrap, Map<String, String> properties) {
        return new KafkaAccess(bootstrap, properties, null, null, null);
    }

    /** The one of a data directory. */
    static KafkaAccess open(Path root, Terminal terminal) {
        DataDirectory directory = DataDirectory.at(root);
        if (!directory.exists()) {
            throw new UsageError("--data " + directory.root()
                    + ": Faultprint has kept nothing here; start it with faultprint up, give another directory, or name"
                    + " a broker with --kafka");
        }
        Addresses running = directory.running();
        if (running != null) {
            String otlp = running.otlp();
            return new KafkaAccess(running.kafka(), Map.of(), otlp.isEmpty() ? null : otlp, null, null);
        }
        DirectoryLock lock = directory.lock();
        try {
            terminal.status("no Faultprint runs on " + directory.root() + "; starting its broker to read it");
            NodeProcess node = NodeProcess.start(Nodes.here().kafkaSpec(directory.kafka()));
            return new KafkaAccess(node.address(), Map.of(), null, node, lock);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** How its clients are set up. */
    Map<String, Object> client() {
        return client;
    }

    String bootstrap() {
        return String.valueOf(client.get("bootstrap.servers"));
    }

    /** Base address of the running ingest; null when none is known. */
    @Nullable
    String door() {
        return door;
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
