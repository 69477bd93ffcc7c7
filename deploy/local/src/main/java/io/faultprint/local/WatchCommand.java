package io.faultprint.local;

import io.faultprint.ingest.file.FileGroup;
import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.up.Plan;
import io.faultprint.runtime.StopSignal;
import io.faultprint.runtime.UsageError;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        header = "Everything on this machine, fed by log files that it follows, until Ctrl-C.",
        description =
                "%nLike up, and follows the files that the globs name, also new ones, over rotation, truncation and restarts."
                        + " Quote a glob, so that the shell leaves it to Faultprint.%n")
final class WatchCommand implements Callable<Integer> {

    private static final String GROUP = "files.watch.";

    @Parameters(
            arity = "1..*",
            paramLabel = "GLOB",
            description = "Files, as in '/var/log/shop/*.log' or 'logs/**.log'.")
    private List<String> globs = List.of();

    @Option(names = "--service", paramLabel = "NAME", description = "The service whose lines they hold.")
    private @Nullable String service;

    @Option(
            names = "--service-from",
            paramLabel = "PART",
            description =
                    "Or the part of each path that names it: file (its name up to the first dot; the default), folder"
                            + " (the one it is in), folder-2 to folder-9 (so much higher).")
    private @Nullable String serviceFrom;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The environment they run in (default default).")
    private String environment = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Of times that name none, as in Europe/Berlin (default ${DEFAULT-VALUE}).")
    private String zone = "UTC";

    @Option(
            names = "--from-beginning",
            description =
                    "Read what stands in them already; else only what is written from now on. After a restart they"
                            + " are read on from where they were left.")
    private boolean fromBeginning;

    @Mixin
    private DataOption data = new DataOption();

    private final Terminal terminal;

    WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> settings = settings();
        List<FileGroup> groups = groups(settings);
        DataDirectory directory = DataDirectory.open(data.root());
        int files = groups.stream().mapToInt(FileGroup::count).sum();
        if (files == 0) {
            terminal.trouble("faultprint watch: no file is " + String.join(" or ", globs)
                    + " yet, or it may not be looked for there; waits for one");
        }
        try (StopSignal stop = new StopSignal(UpCommand.STOPPING)) {
            terminal.line("Follows " + (files == 1 ? "1 file" : files + " files") + ", and those to come, from "
                    + (fromBeginning ? "their beginning" : "their end") + ".");
            terminal.line(assumed(zone, ZoneId.systemDefault()));
            Plan plan = Plan.withDoor(directory, Run.MAIN, Plan.LOCAL, Windows.DEFAULT)
                    .following(settings);
            int code = UpCommand.up(plan, terminal, stop);
            stop.ended(code);
            return code;
        }
    }

    /** What is made of times that name no zone, and what else this machine would say. */
    static String assumed(String zone, ZoneId here) {
        ZoneId taken = ZoneId.of(zone).normalized();
        boolean same = taken.getRules().equals(here.normalized().getRules());
        return "Times in them that name no zone are taken as " + zone
                + (same ? "." : "; --zone " + here + " takes them as this machine's.");
    }

    private Map<String, String> settings() {
        if (service != null && serviceFrom != null) {
            throw new UsageError("--service " + service + " --service-from " + serviceFrom
                    + ": contradict each other; give one of them");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(GROUP + "paths", String.join(",", globs));
        if (service != null) {
            settings.put(GROUP + "service", service);
        } else {
            settings.put(GROUP + "service-from", serviceFrom == null ? "file" : serviceFrom);
        }
        settings.put(GROUP + "environment", environment);
        settings.put(GROUP + "zone", zone);
        settings.put(GROUP + "start", fromBeginning ? "beginning" : "end");
        return settings;
    }

    /** Read here too, so that a mistake is told in the words of this command and before anything starts. */
    private static List<FileGroup> groups(Map<String, String> settings) {
        Map<String, String> named = new LinkedHashMap<>();
        settings.forEach((key, value) -> named.put(key.substring("files.".length()), value));
        try {
            return FileGroup.of(named);
        } catch (UsageError mistake) {
            String message = String.valueOf(mistake.getMessage());
            throw new UsageError(message.replace(GROUP + "paths ", "").replace(GROUP, "--"), mistake);
        }
    }
}
