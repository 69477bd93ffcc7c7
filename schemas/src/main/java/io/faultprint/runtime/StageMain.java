package io.faultprint.runtime;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Runs one stage as a process of its own:
 * {@code System.exit(StageMain.run("ingest", args, IngestConfig.class, IngestStage::new))}. Reads the configuration,
 * serves health and metrics, starts the stage, and waits for SIGTERM, SIGINT or the stage's death.
 */
public final class StageMain {

    private StageMain() {}

    /**
     * Runs until it is told to stop.
     *
     * @param name the stage: {@code ingest}, {@code correlate}, {@code diagnose} or {@code notify}
     * @return one of {@link ExitCode}
     */
    public static <C extends Record> int run(String name, String[] args, Class<C> type, StageFactory<C> factory) {
        return run(name, List.of(args), System.getenv(), System.out, System.err, type, factory);
    }

    static <C extends Record> int run(
            String name,
            List<String> args,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Class<C> type,
            StageFactory<C> factory) {
        ConfigLoader loader = new ConfigLoader(name, List.of(type, ProcessConfig.class));
        if (args.contains("--help") || args.contains("-h")) {
            out.print(help(name, loader));
            return ExitCode.OK;
        }
        try {
            boolean print = args.contains("--print-config");
            List<String> flags =
                    args.stream().filter(arg -> !arg.equals("--print-config")).toList();
            Configuration configuration = loader.load(flags, environment);
            if (print) {
                configuration.lines().forEach(out::println);
                return ExitCode.OK;
            }
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Stage stage = factory.create(configuration.get(type), meters);
            ProcessConfig process = configuration.get(ProcessConfig.class);
            Logs.jsonToStdout(process.log().level());
            return new StageProcess(name, stage, process, meters, err).run(configuration.lines());
        } catch (UsageError mistake) {
            complain(name, String.valueOf(mistake.getMessage()), err);
            return ExitCode.USAGE;
        }
    }

    /** Prints what is wrong, each line with who says it. */
    static void complain(String name, String message, PrintStream err) {
        message.lines().forEach(line -> err.println("faultprint " + name + ": " + line));
    }

    /** What the JVM itself uses, beside the stage's own numbers. */
    // JvmGcMetrics listens until the process ends, and so does its registry.
    @SuppressWarnings("resource")
    static void measureJvm(PrometheusMeterRegistry meters) {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmGcMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
    }

    private static String help(String name, ConfigLoader loader) {
        String prefix = ConfigShape.variable(name, "");
        return """
                faultprint %s: one stage as a process of its own.

                  --config FILE     YAML or JSON with the keys below, nested or dotted
                  --print-config    print the effective configuration and end
                  --help            this text

                Every key is also an environment variable (%sHTTP_PORT sets http.port);
                flags win over the environment, which wins over the file. An unknown key stops the start.

                """.formatted(name, prefix) + loader.help();
    }
}
