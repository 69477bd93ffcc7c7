package io.faultprint.node.child;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of a data directory. A port that was free once is asked for again, because clients and the controller's
 * quorum hold on to it over a restart.
 */
final class Ports {

    /** Below what systems hand out to outgoing connections, so that none of these takes a port of ours in between. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final Path file;
    private final Properties remembered = new Properties();

    Ports(Path directory) throws IOException {
        this.file = directory.resolve("node.ports");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                remembered.load(reader);
            }
        }
    }

    /** The port asked for, or for 0 the remembered one, or else any that is free. */
    int choose(String name, int asked) throws IOException {
        int port = asked == 0 ? rememberedAndFree(name).orElseGet(() -> anyFree(name)) : asked;
        if (!isFree(port)) {
            throw new Refused("--port " + port + ": 127.0.0.1:" + port
                    + " is taken: end what holds it, or give another (0 = any free one)");
        }
        remembered.setProperty(name, Integer.toString(port));
        save();
        return port;
    }

    private Optional<Integer> rememberedAndFree(String name) {
        return Optional.ofNullable(remembered.getProperty(name))
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port <= 65_535 && isFree(port));
    }

    private int anyFree(String name) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            // Two names of one directory must not meet either: neither is bound yet.
            if (!remembered.containsValue(Integer.toString(port)) && isFree(port)) {
                return port;
            }
        }
        throw new Refused("no free " + name + " port between " + LOWEST + " and " + HIGHEST + ": give one with --port");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private void save() throws IOException {
        Path fresh = file.resolveSibling("node.ports.new");
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            remembered.store(writer, "The ports of this node; asked for again at its next start.");
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
