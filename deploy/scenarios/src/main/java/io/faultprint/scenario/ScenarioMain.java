package io.faultprint.scenario;

import io.faultprint.runtime.UsageError;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code export --seed N --minutes M --out DIR [--no-faults] [--gzip] [--rate R] [--start ISO] [--scenario FOLDER]} writes
 * a run; {@code play --to URL --seed N --minutes M [--no-faults] [--rate R] [--scenario FOLDER]} sends it in real time.
 */
public final class ScenarioMain {

    private static final List<String> OPTIONS =
            List.of("--seed", "--minutes", "--out", "--to", "--rate", "--start", "--scenario");

    private ScenarioMain() {}

    /** Exits with 2 on a mistake of the user, 1 when writing fails. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            String command = args.length == 0 ? "" : args[0];
            switch (command) {
                case "export" -> export(options(args), out);
                case "play" -> play(options(args), out);
                default ->
                    throw new UsageError("scenario " + (command.isEmpty() ? "without a command" : command)
                            + ": must be: export --seed N --minutes M --out DIR [--no-faults] [--gzip] [--rate R]"
                            + " [--start ISO] [--scenario FOLDER], or: play --to URL --seed N --minutes M [--no-faults]"
                            + " [--rate R] [--scenario FOLDER]");
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

    private static void play(Map<String, String> given, PrintStream out) throws IOException, InterruptedException {
        refuse(given, "play", "--out", "--gzip", "--start");
        String door = given.get("--to");
        if (door == null || !door.matches("https?://[^/\\s]+/?")) {
            throw new UsageError("--to " + (door == null ? "" : door)
                    + ": must be where ingest listens, such as http://127.0.0.1:4318");
        }
        Settings settings = settings(given);
        ScenarioPlay.run(scenario(given), settings, minutes(given) * 60, URI.create(door), InstantSource.system(), out);
    }

    private static void refuse(Map<String, String> given, String command, String... options) {
        for (String option : options) {
            if (given.containsKey(option)) {
                throw new UsageError(option + ": is not for " + command);
            }
        }
    }

    private static int minutes(Map<String, String> given) {
        return (int) Math.min(Integer.MAX_VALUE, number("--minutes", given.getOrDefault("--minutes", "30")));
    }

    private static Settings settings(Map<String, String> given) {
        long seed = number("--seed", given.getOrDefault("--seed", "1"));
        return Settings.filling(seed, minutes(given), !given.containsKey("--no-faults"))
                .withRate(rate(given.getOrDefault("--rate", "0")));
    }

    private static Scenario scenario(Map<String, String> given) {
        String from = given.get("--scenario");
        return from == null ? Scenario.shop() : Scenario.load(Path.of(from));
    }

    private static void export(Map<String, String> given, PrintStream out) throws IOException {
        refuse(given, "export", "--to");
        int minutes = minutes(given);
        Settings settings = settings(given);
        String folder = given.get("--out");
        if (folder == null) {
            throw new UsageError("--out: missing: give the folder to write to");
        }
        Scenario scenario = scenario(given);
        Instant start = start(given.getOrDefault("--start", "2026-01-05T08:00:00Z"));
        long began = System.nanoTime();
        ScenarioExport.Written written = ScenarioExport.write(
                scenario, settings, start, minutes * 60, Path.of(folder), given.containsKey("--gzip"));
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

    private static Map<String, String> options(String[] args) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 1; i < args.length; i++) {
            if (args[i].equals("--no-faults") || args[i].equals("--gzip")) {
                given.put(args[i], "");
            } else if (OPTIONS.contains(args[i]) && i + 1 < args.length) {
                given.put(args[i], args[++i]);
            } else {
                throw new UsageError(args[i] + ": unknown or without a value: must be one of "
                        + String.join(", ", OPTIONS) + ", --no-faults, --gzip");
            }
        }
        return given;
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new UsageError(option + " " + value + ": must be a whole number", e);
        }
    }

    private static double rate(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new UsageError("--rate " + value + ": must be requests per second, such as 20", e);
        }
    }

    private static Instant start(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new UsageError("--start " + value + ": must be like 2026-01-05T08:00:00Z", e);
        }
    }
}
