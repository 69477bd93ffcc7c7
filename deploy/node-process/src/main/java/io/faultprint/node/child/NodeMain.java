package io.faultprint.node.child;

import io.faultprint.node.ReadyLine;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The life of a node: arguments, lock, ports, server, one {@link ReadyLine} on standard output, and a clean end when
 * standard input ends, or on SIGTERM where nobody supervises it. Exit code 2 for what it refuses, 1 for a failure, 0 otherwise.
 */
public final class NodeMain {

    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final long CLOSING_MILLIS = 25_000;

    private final String name;
    private final PrintStream answer;
    private final AtomicReference<@Nullable NodeServer> running = new AtomicReference<>();

    private NodeMain(String name, PrintStream answer) {
        this.name = name;
        this.answer = answer;
    }

    /**
     * Runs a server as this process; returns when it serves, and leaves threads behind that end the process in time.
     *
     * @param name how the node calls itself in messages
     */
    public static void run(String name, String[] arguments, NodeServer.Start start) {
        PrintStream answer = System.out;
        // Whatever a server prints by itself must not be taken for the ready line.
        System.setOut(System.err);
        NodeMain main = new NodeMain(name, answer);
        try {
            main.serve(Arguments.parse(List.of(arguments)), start);
        } catch (Refused e) {
            System.err.println(name + ": " + e.getMessage());
            System.exit(REFUSED);
        } catch (Exception | LinkageError e) {
            main.fail(e);
        }
    }

    private void serve(Arguments arguments, NodeServer.Start start) throws Exception {
        FileChannel lock = DirectoryLock.take(arguments.data());
        Ports ports = new Ports(arguments.data());
        int port = ports.choose("port", arguments.port());
        System.setProperty("faultprint.node.log", prepareLog(arguments.data()).toString());
        if (Boolean.getBoolean("faultprint.node.supervised")) {
            Signals.leaveToParent();
        }
        // The hook keeps the lock reachable: it would be lost with the channel.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(lock), "node-close"));
        new Thread(this::endWithStandardInput, "node-stdin").start();
        running.set(start.in(new NodePlace(arguments.data(), port, ports, arguments.properties())));
        answer.println(new ReadyLine(port).text());
        answer.flush();
    }

    private static Path prepareLog(Path directory) throws IOException {
        Path log = directory.resolve("node.log");
        if (Files.notExists(log)) {
            Files.createFile(log);
        }
        return log;
    }

    /** The parent holds the other end of the pipe; it closes when the parent closes us, or is gone. */
    private void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // What the parent says does not matter, only that it is there.
            }
        } catch (IOException e) {
            System.err.println(name + ": standard input broke: " + e);
        }
        System.exit(0);
    }

    private void close(FileChannel lock) {
        Thread watchdog = new Thread(NodeMain::haltWhenStuck, "node-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        NodeServer server = running.getAndSet(null);
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                System.err.println(name + ": did not close cleanly: " + e);
            }
        }
        try {
            lock.close();
        } catch (IOException e) {
            System.err.println(name + ": the lock of the data directory: " + e);
        }
    }

    /** A node whose parent is gone must not stay because its server hangs; its data survives a halt. */
    private static void haltWhenStuck() {
        try {
            Thread.sleep(CLOSING_MILLIS);
            Runtime.getRuntime().halt(FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                System.err.println(name + ": a port was taken by another process while it started (" + failure
                        + "): start again, or give another --port");
                System.exit(REFUSED);
            }
        }
        failure.printStackTrace();
        System.exit(FAILED);
    }
}
