package io.faultprint.scenario;

import io.faultprint.runtime.UsageError;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.StoryEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;

/**
 * {@code list} shows the bundled scenarios; {@code export [NAME] --seed N --out DIR} writes a run;
 * {@code run [NAME] --to URL --seed N} sends it in real time, as does {@code play}, its older name.
 */
public final class ScenarioMain {

    /** How the commands are used, one per line. */
    private static final String USAGE =
            "list, or: export [NAME] --out DIR [--seed N] [--minutes M] [--no-faults] [--gzip]"
                    + " [--rate R] [--start ISO] [--scenario FOLDER], or: run [NAME] --to URL [--seed N] [--minutes M]"
                    + " [--no-faults] [--rate R] [--scenario FOLDER] (play is the same as run)";

    private ScenarioMain() {}

    /** Exits with 2 on a mistake of the user, 1 when writing fails. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            String command = args.length == 0 ? "" : args[0];
            switch (command) {
                case "list" -> list(new Arguments(args), out);
                case "export" -> export(new Arguments(args), out);
                case "run", "play" -> play(command, new Arguments(args), out);
                default ->
                    throw new UsageError(
                            "scenario " + (command.isEmpty() ? "without a command" : command) + ": must be: " + USAGE);
            }
            return 0;
        } catch (UsageError e) {
            err.println("faultprint: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            err.println("faultprint: scenario: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void list(Arguments given, PrintStream out) {
        given.refuse("list", "--seed", "--minutes", "--out", "--to", "--rate", "--start", "--scenario", "--gzip");
        out.printf("%-20s %7s  %-22s %s%n", "NAME", "MINUTES", "FAULTS", "ABOUT");
        for (String name : Scenario.bundledNames()) {
            Scenario scenario = Scenario.bundled(name);
            out.printf(
                    "%-20s %7s  %-22s %s%n",
                    name, scenario.minutes() == 0 ? "any" : scenario.minutes(), faults(scenario), scenario.about());
        }
    }

    private static String faults(Scenario scenario) {
        if (!scenario.story().isEmpty()) {
            return scenario.story().stream()
                    .map(StoryEntry::kind)
                    .map(kind -> kind.label())
                    .collect(Collectors.joining(" + "));
        }
        int kinds = scenario.faults().size();
        return kinds == 0 ? "none" : "a deck of " + kinds + " kinds";
    }

    private static void play(String command, Arguments given, PrintStream out)
            throws IOException, InterruptedException {
        given.refuse(command, "--out", "--gzip", "--start");
        String door = given.get("--to");
        if (door == null || !door.matches("https?://[^/\\s]+/?")) {
            throw new UsageError("--to " + (door == null ? "" : door)
                    + ": must be where ingest listens, such as http://127.0.0.1:4318");
        }
        Scenario scenario = given.scenario();
        int seconds = given.minutes(scenario) * 60;
        ScenarioPlay.run(scenario, given.settings(scenario), seconds, URI.create(door), InstantSource.system(), out);
    }

    private static void export(Arguments given, PrintStream out) throws IOException {
        given.refuse("export", "--to");
        Scenario scenario = given.scenario();
        int minutes = given.minutes(scenario);
        Settings settings = given.settings(scenario);
        String folder = given.get("--out");
        if (folder == null) {
            throw new UsageError("--out: missing: give the folder to write to");
        }
        Instant start = given.start();
        long began = System.nanoTime();
        ScenarioExport.Written written =
                ScenarioExport.write(scenario, settings, start, minutes * 60, Path.of(folder), given.has("--gzip"));
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf(
                "%s: %d logs, %d points, %d spans, %d changes; %s: %d faults; %.1f s, %.0f times real time%n",
                written.telemetry(),
                written.logs(),
                written.points(),
                written.spans(),
                written.changes(),
                written.truth(),
                written.faults(),
                seconds,
                minutes * 60 / seconds);
    }
}
