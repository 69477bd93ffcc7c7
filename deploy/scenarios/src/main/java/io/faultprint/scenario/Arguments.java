package io.faultprint.scenario;

import io.faultprint.runtime.UsageError;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the command: a name, options and flags. Complaints name the option, the value and the mend. */
final class Arguments {

    private static final List<String> OPTIONS =
            List.of("--seed", "--minutes", "--out", "--to", "--rate", "--start", "--scenario");
    private static final List<String> FLAGS = List.of("--no-faults", "--gzip");
    private static final String NAME = "NAME";
    private static final int DEFAULT_MINUTES = 30;

    private final Map<String, String> given = new LinkedHashMap<>();

    /** Reads all but the first word, which is the command. */
    Arguments(String[] args) {
        for (int i = 1; i < args.length; i++) {
            if (FLAGS.contains(args[i])) {
                given.put(args[i], "");
            } else if (OPTIONS.contains(args[i]) && i + 1 < args.length) {
                given.put(args[i], args[++i]);
            } else if (!args[i].startsWith("--") && !given.containsKey(NAME)) {
                given.put(NAME, args[i]);
            } else {
                throw new UsageError(args[i] + ": unknown or without a value: must be one of "
                        + String.join(", ", OPTIONS) + ", " + String.join(", ", FLAGS));
            }
        }
    }

    boolean has(String option) {
        return given.containsKey(option);
    }

    @Nullable
    String get(String option) {
        return given.get(option);
    }

    void refuse(String command, String... options) {
        for (String option : options) {
            if (given.containsKey(option)) {
                throw new UsageError(option + ": is not for " + command);
            }
        }
    }

    /** The bundled scenario of that name, or that of a folder; the shop when nothing is said. */
    Scenario scenario() {
        String name = given.get(NAME);
        String folder = given.get("--scenario");
        if (name != null && folder != null) {
            throw new UsageError("--scenario " + folder + ": must not stand beside the name " + name + ": give one");
        }
        if (folder != null) {
            return Scenario.load(Path.of(folder));
        }
        return name == null ? Scenario.shop() : Scenario.bundled(name);
    }

    /** How long: as said, else as long as the scenario says, else half an hour. A story is not cut short. */
    int minutes(Scenario scenario) {
        int own = scenario.minutes() > 0 ? scenario.minutes() : DEFAULT_MINUTES;
        long minutes = number("--minutes", Integer.toString(own));
        if (!scenario.story().isEmpty() && minutes < own && minutes > 0) {
            throw new UsageError("--minutes " + minutes + ": the story of " + scenario.name() + " needs " + own);
        }
        return (int) Math.min(Integer.MAX_VALUE, minutes);
    }

    /** As many faults as the story tells of; without a story, as many of the deck as fit. */
    Settings settings(Scenario scenario) {
        boolean faults = !has("--no-faults");
        Settings filling = Settings.filling(number("--seed", "1"), minutes(scenario), faults);
        int told = scenario.story().size();
        Settings settings = faults && told > 0 ? filling.withFaults(told) : filling;
        return settings.withRate(rate(given.getOrDefault("--rate", "0")));
    }

    Instant start() {
        String value = given.getOrDefault("--start", "2026-01-05T08:00:00Z");
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new UsageError("--start " + value + ": must be like 2026-01-05T08:00:00Z", e);
        }
    }

    private long number(String option, String byDefault) {
        String value = given.getOrDefault(option, byDefault);
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
}
