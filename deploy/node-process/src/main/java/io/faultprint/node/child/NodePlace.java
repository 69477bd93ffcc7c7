package io.faultprint.node.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where a server runs: a directory that no other process uses, its ports, and the settings it was given. */
public final class NodePlace {

    private final Path directory;
    private final int port;
    private final Ports ports;
    private final Map<String, String> properties;

    NodePlace(Path directory, int port, Ports ports, Map<String, String> properties) {
        this.directory = directory;
        this.port = port;
        this.ports = ports;
        this.properties = Map.copyOf(properties);
    }

    /** A folder of this name for the server's own files; the server may make it. */
    public Path folder(String name) {
        return directory.resolve(name);
    }

    /** The port of 127.0.0.1 that clients use. */
    public int port() {
        return port;
    }

    /** A further port of 127.0.0.1, the same at every start while it is free. */
    public int port(String name) throws IOException {
        return ports.choose(name, 0);
    }

    /** The server's own settings, which go over our defaults. */
    public Map<String, String> properties() {
        return properties;
    }
}
