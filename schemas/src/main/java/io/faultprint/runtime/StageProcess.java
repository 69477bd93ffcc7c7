package io.faultprint.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one stage in one process, from start to exit code. */
final class StageProcess {

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String name;
    private final Stage stage;
    private final ProcessConfig config;
    private final PrometheusMeterRegistry meters;
    private final PrintStream err;
    private final Logger log = LoggerFactory.getLogger("faultprint");

    StageProcess(String name, Stage stage, ProcessConfig config, PrometheusMeterRegistry meters, PrintStream err) {
        this.name = name;
        this.stage = stage;
        this.config = config;
        this.meters = meters;
        this.err = err;
    }

    int run(List<String> configuration) {
        try (StopSignal stop = new StopSignal(config.stop().deadline().plus(GRACE))) {
            StageMain.measureJvm(meters);
            int lived = live(configuration, stop);
            int closed = close();
            int code = lived == ExitCode.OK ? closed : lived;
            stop.ended(code);
            return code;
        }
    }

    private int live(List<String> configuration, StopSignal stop) {
        try {
            return serve(configuration, stop);
        } catch (UsageError mistake) {
            StageMain.complain(name, String.valueOf(mistake.getMessage()), err);
            return ExitCode.USAGE;
        } catch (Unreachable away) {
            StageMain.complain(name, String.valueOf(away.getMessage()), err);
            return ExitCode.FAILURE;
        } catch (InterruptedException asked) {
            return ExitCode.OK;
        } catch (RuntimeException failure) {
            log.error("{} failed", name, failure);
            err.println("faultprint " + name + ": failed: " + failure);
            return ExitCode.FAILURE;
        }
    }

    private int serve(List<String> configuration, StopSignal stop) throws InterruptedException {
        configuration.forEach(line -> log.info("configuration {}", line));
        ProcessConfig.Admin admin = config.admin();
        try (AdminServer server = AdminServer.start(admin.host(), admin.port(), stage::check, meters)) {
            log.info("{} health and metrics on http://{}:{}", name, admin.host(), server.port());
            stage.start();
            log.info("{} started", name);
            while (!stop.await(BETWEEN_CHECKS)) {
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
}
