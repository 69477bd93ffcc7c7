package io.faultprint.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which node to start, where, and with how much memory.
 *
 * @param name the node's artifact, which is also the name of its jar, such as {@code faultprint-kafka-node}
 * @param lib the folder that holds the node's jar and all that it needs
 * @param data the directory that the node keeps everything in; made when missing
 * @param port the port to serve on, or 0 for the one used last time in this directory, else any free one
 * @param heapMegabytes the most heap that the node may take
 * @param properties the server's own settings, over our defaults
 * @param timeout how long the node may take until it is ready
 */
public record NodeSpec(
        String name,
        Path lib,
        Path data,
        int port,
        int heapMegabytes,
        Map<String, String> properties,
        Duration timeout) {

    /** How long a start may take unless said otherwise; a cold, busy machine takes a quarter of it. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    public NodeSpec {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": port " + port + ": must be 0 to 65535 (0 = any free one)");
        }
        if (heapMegabytes < 64) {
            throw new IllegalArgumentException(name + ": heap of " + heapMegabytes + " MB: it needs 64 MB at least");
        }
        data = data.toAbsolutePath().normalize();
        lib = lib.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    /** The same node on a fixed port. */
    public NodeSpec withPort(int newPort) {
        return new NodeSpec(name, lib, data, newPort, heapMegabytes, properties, timeout);
    }

    /** The same node in another directory. */
    NodeSpec withData(Path directory) {
        return new NodeSpec(name, lib, directory, port, heapMegabytes, properties, timeout);
    }

    /** The same node with more or less heap. */
    public NodeSpec withHeapMegabytes(int megabytes) {
        return new NodeSpec(name, lib, data, port, megabytes, properties, timeout);
    }

    /** The same node with one of the server's own settings changed. */
    public NodeSpec withProperty(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new NodeSpec(name, lib, data, port, heapMegabytes, more, timeout);
    }

    /** The same node with more or less patience. */
    public NodeSpec withTimeout(Duration patience) {
        return new NodeSpec(name, lib, data, port, heapMegabytes, properties, patience);
    }

    /** The node's jar; its manifest names the rest of the folder. */
    Path jar() {
        return lib.resolve(name + ".jar");
    }
}
