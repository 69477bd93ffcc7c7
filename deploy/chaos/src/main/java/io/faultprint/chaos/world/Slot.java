package io.faultprint.chaos.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one stage: its process is started again a second after it ended, as a supervisor does in production,
 * unless it is held down.
 */
public final class Slot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long STOP_SECONDS = 45;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Queue<Exit> exits = new ConcurrentLinkedQueue<>();
    private final Thread supervisor;
    private volatile @Nullable Process process;
    private volatile boolean held;
    private volatile boolean meant;
    private volatile boolean closed;

    Slot(String name, List<String> command, Map<String, String> environment, Path log) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.supervisor = new Thread(this::supervise, "supervisor-" + name);
        supervisor.setDaemon(true);
    }

    void start() {
        supervisor.start();
    }

    private void supervise() {
        try {
            while (!closed) {
                if (held) {
                    Thread.sleep(50);
                    continue;
                }
                Process running = launch();
                process = running;
                int code = running.waitFor();
                process = null;
                if (!closed) {
                    exits.add(new Exit(name, code, meant, System.nanoTime()));
                    LOG.info("{} ended with {}", name, code);
                    meant = false;
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": could not be started", e);
        }
    }

    /** The slot's name, such as {@code correlate-1}. */
    public String name() {
        return name;
    }

    /** SIGKILL, as machines die. */
    public void kill() {
        Process running = process;
        if (running != null) {
            meant = true;
            running.destroyForcibly();
        }
    }

    /** SIGTERM, as roll-outs do; returns when the process is gone. */
    public void terminate() throws InterruptedException {
        Process running = process;
        if (running != null) {
            meant = true;
            running.destroy();
            running.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Stops the process in its tracks (SIGSTOP), or lets it go on (SIGCONT); it does not notice. */
    public void frozen(boolean frozen) {
        Process running = process;
        if (running != null) {
            signal(frozen ? "STOP" : "CONT", running.pid());
        }
    }

    private void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": could not be sent " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the slot empty after the present process has ended, or fills it again. */
    public void held(boolean down) {
        held = down;
    }

    /** The process id; -1 while nothing runs. */
    public long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    /** How its processes ended so far. */
    public List<Exit> exits() {
        return new ArrayList<>(exits);
    }

    @Override
    public void close() {
        closed = true;
        Process running = process;
        if (running != null) {
            frozen(false);
            running.destroy();
            try {
                if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        supervisor.interrupt();
    }
}
