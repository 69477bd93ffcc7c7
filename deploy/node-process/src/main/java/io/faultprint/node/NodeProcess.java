package io.faultprint.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real server (Kafka, OpenSearch) in a child JVM of its own. The child serves on 127.0.0.1 only, and ends when its
 * standard input does: with {@link #close()}, or with this JVM, however that ends.
 */
public final class NodeProcess implements AutoCloseable {

    /** The child gives itself 25 s to close cleanly; what is left after this is ended by force. */
    private static final Duration CLOSING = Duration.ofSeconds(40);

    private static final int REFUSED = 2;

    private final NodeSpec spec;
    private final Process process;
    private final LogTail tail = new LogTail();
    private final Thread errors;
    private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();

    private NodeProcess(NodeSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
        this.errors = LogTail.drain(spec.name() + "-stderr", process.getErrorStream(), tail::add);
        LogTail.drain(spec.name() + "-stdout", process.getInputStream(), this::read);
    }

    /** Starts the node and returns when it serves. */
    public static NodeProcess start(NodeSpec spec) {
        return launch(spec).awaitReady();
    }

    /** Starts the node and returns at once, so that two can start side by side; see {@link #awaitReady()}. */
    public static NodeProcess launch(NodeSpec spec) {
        return launch(
                spec, Files.isRegularFile(spec.jar()) ? ClassArchive.of(spec).flags() : List.of());
    }

    static NodeProcess launch(NodeSpec spec, List<String> jvmFlags) {
        if (!Files.isRegularFile(spec.jar())) {
            throw new NodeStartException(
                    "%s: %s is not there: build it with `mvn -DskipTests package`".formatted(spec.name(), spec.jar()),
                    true);
        }
        makeDirectory(spec);
        try {
            Process process = new ProcessBuilder(command(spec, jvmFlags))
                    .directory(spec.data().toFile())
                    .start();
            return new NodeProcess(spec, process);
        } catch (IOException e) {
            throw new NodeStartException(spec.name() + ": could not run " + java() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the node serves.
     *
     * @throws NodeStartException when it ended, or took longer than the spec allows; the child is then gone
     */
    public NodeProcess awaitReady() {
        CompletableFuture<Object> readyOrGone = CompletableFuture.anyOf(ready, process.onExit());
        try {
            readyOrGone.get(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            throw failed("was not ready after " + spec.timeout().toSeconds() + " s", false);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new NodeStartException(spec.name() + ": interrupted while it started", e);
        } catch (ExecutionException e) {
            kill();
            throw new NodeStartException(spec.name() + ": " + e.getCause(), e);
        }
        if (!ready.isDone()) {
            throw failed("ended with exit code " + process.exitValue(), process.exitValue() == REFUSED);
        }
        return this;
    }

    /** The port that clients use. */
    public int port() {
        return ready.join().port();
    }

    /** What clients connect to, as host:port. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Whether the child is running. */
    public boolean alive() {
        return process.isAlive();
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Completes with the exit code when the child has ended, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the child cleanly, by the end of its standard input; by force when it does not follow. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            tail.add("(standard input: " + alreadyGone.getMessage() + ")");
        }
        if (!awaitExit(CLOSING)) {
            kill();
        }
    }

    /** Ends the child at once, as a crash would (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(CLOSING);
    }

    private void read(String line) {
        ReadyLine.parse(line).ifPresentOrElse(ready::complete, () -> tail.add(line));
    }

    private NodeStartException failed(String what, boolean refused) {
        try {
            errors.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = tail.text();
        if (refused && !said.isBlank()) {
            return new NodeStartException(said, true);
        }
        return new NodeStartException(
                "%s: %s. Its log is %s. Last lines:%n%s"
                        .formatted(spec.name(), what, spec.data().resolve("node.log"), said),
                refused);
    }

    private boolean awaitExit(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static void makeDirectory(NodeSpec spec) {
        try {
            Files.createDirectories(spec.data());
        } catch (IOException e) {
            throw new NodeStartException(
                    "%s: data directory %s cannot be made (%s): give a directory that you may write to"
                            .formatted(spec.name(), spec.data(), e),
                    true);
        }
    }

    private static List<String> command(NodeSpec spec, List<String> jvmFlags) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx" + spec.heapMegabytes() + "m",
                // Small and quick to start: one collector thread, no second compiler.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                // The JVM's own warnings go to standard output otherwise.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Dfaultprint.node.supervised=true"));
        command.addAll(jvmFlags);
        command.addAll(List.of(
                "-jar",
                spec.jar().toString(),
                "--data",
                spec.data().toString(),
                "--port",
                Integer.toString(spec.port())));
        spec.properties().forEach((key, value) -> command.addAll(List.of("--property", key + "=" + value)));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
