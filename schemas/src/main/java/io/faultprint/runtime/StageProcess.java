package io.faultprint.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one stage in one process, from start to exit code. */
final class StageProcess {

    private static final long CHECK_MILLIS = 500;

    private final String name;
    private final Stage stage;
    private final ProcessConfig config;
    private final PrometheusMeterRegistry meters;
    private final PrintStream err;
    private final Logger log = LoggerFactory.getLogger("faultprint");
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    StageProcess(String name, Stage stage, ProcessConfig config, PrometheusMeterRegistry meters, PrintStream err) {
        this.name = name;
        this.stage = stage;
        this.config = config;
        this.meters = meters;
        this.err = err;
    }

    int run(List<String> configuration) {
        Thread hook = new Thread(this::onSignal, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        StageMain.measureJvm(meters);
        int code;
        try {
            code = live(configuration);
        } catch (UsageError mistake) {
            StageMain.complain(name, mistake, err);
            code = ExitCode.USAGE;
        } catch (InterruptedException asked) {
            code = ExitCode.OK;
        } catch (RuntimeException failure) {
            log.error("{} failed", name, failure);
            err.println("faultprint " + name + ": failed: " + failure);
            code = ExitCode.FAILURE;
        }
        int closed = close();
        code = code == ExitCode.OK ? closed : code;
        ended.complete(code);
        forget(hook);
        return code;
    }

    private int live(List<String> configuration) throws InterruptedException {
        configuration.forEach(line -> log.info("configuration {}", line));
        ProcessConfig.Admin admin = config.admin();
        try (AdminServer server = AdminServer.start(admin.host(), admin.port(), stage::check, meters)) {
            log.info("{} health and metrics on http://{}:{}", name, admin.host(), server.port());
            stage.start();
            log.info("{} started", name);
            while (!stopAsked.await(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                Health health = stage.check();
                if (!health.live()) {
                    log.error("{} cannot go on: {}", name, health.detail());
                    err.println("faultprint " + name + ": cannot go on: " + health.detail());
                    return ExitCode.FAILURE;
                }
            }
            log.info("{} stops", name);
            return ExitCode.OK;
        }
    }

    private int close() {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(stage::close, task -> {
            Thread thread = new Thread(task, "close");
            thread.setDaemon(true);
            thread.start();
        });
        try {
            closing.get(config.stop().deadline().toMillis(), TimeUnit.MILLISECONDS);
            return ExitCode.OK;
        } catch (TimeoutException stuck) {
            err.println("faultprint " + name + ": did not stop within "
                    + config.stop().deadline().toSeconds() + " s (stop.deadline); ended without a flush");
        } catch (ExecutionException failure) {
            log.error("{} failed while stopping", name, failure.getCause());
            err.println("faultprint " + name + ": failed while stopping: " + failure.getCause());
        } catch (InterruptedException interrupted) {
            err.println("faultprint " + name + ": interrupted while stopping");
        }
        return ExitCode.FAILURE;
    }

    /**
     * Runs in the JVM's shutdown. A signal is how a stage is meant to end, so a clean stop must not be reported as
     * death by signal (143): once everything is closed, halt with our own code.
     */
    private void onSignal() {
        stopAsked.countDown();
        try {
            long deadline = config.stop().deadline().toMillis() + 2 * CHECK_MILLIS;
            Runtime.getRuntime().halt(ended.get(deadline, TimeUnit.MILLISECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            err.println("faultprint " + name + ": did not stop in time");
            Runtime.getRuntime().halt(ExitCode.FAILURE);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            LoggerFactory.getLogger("faultprint").debug("stopped by a signal", alreadyStopping);
        }
    }
}
