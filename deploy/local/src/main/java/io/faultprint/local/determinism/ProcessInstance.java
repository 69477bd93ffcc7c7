package io.faultprint.local.determinism;

import io.faultprint.correlate.CorrelateMain;
import io.faultprint.runtime.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Correlate as a process of its own, as {@code faultprint run correlate} starts it. */
final class ProcessInstance implements Instance {

    private static final long STOPPING_SECONDS = 30;

    private final Process process;
    private final Path log;

    ProcessInstance(List<String> flags, Path log) {
        this.log = log;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                CorrelateMain.class.getName()));
        command.addAll(flags);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("correlate could not be started as a process", e);
        }
    }

    @Override
    public Health health() {
        return process.isAlive()
                ? Health.ready("runs")
                : Health.dead("correlate ended with " + process.exitValue() + "; see " + log);
    }

    @Override
    public void close() {
        process.destroy();
        if (!gone()) {
            kill();
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        gone();
    }

    private boolean gone() {
        try {
            return process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
