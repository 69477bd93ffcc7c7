package io.faultprint.local;

import io.faultprint.local.letters.LetterBox;
import io.faultprint.local.letters.LetterFilter;
import io.faultprint.local.letters.StoredLetter;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.UsageError;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which letters of a topic are meant. */
final class LetterFilterOptions {

    private static final Pattern AGE = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only those refused for this, such as MALFORMED.")
    private @Nullable String cause;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Only those of ingest, signals, incidents or diagnose.")
    private @Nullable String stage;

    @Option(
            names = "--from",
            paramLabel = "TOPIC",
            description = "Only those that came from this topic, such as logs, or by this place of a door, such as"
                    + " /v1/logs.")
    private @Nullable String from;

    @Option(names = "--since", paramLabel = "AGE", description = "Only those of this last time: 30m, 1h, 7d.")
    private @Nullable String since;

    /** @param now the clock, epoch milliseconds */
    LetterFilter filter(long now) {
        return new LetterFilter(
                cause, stage, from, since == null ? 0 : now - age(since).toMillis());
    }

    /** Whether any letter is left out by it. */
    boolean isSet() {
        return cause != null || stage != null || from != null || since != null;
    }

    private static Duration age(String text) {
        Matcher age = AGE.matcher(text);
        if (!age.matches()) {
            throw new UsageError("--since " + text + ": must be a number with s, m, h or d, such as 30m or 7d");
        }
        long amount = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /**
     * Those of the letters that are meant.
     *
     * @throws UsageError when no letter at all has the cause or stage, which is a mistake in its name
     */
    List<StoredLetter> of(LetterBox.Letters letters, long now) {
        LetterFilter filter = filter(now);
        if (!letters.all().isEmpty()) {
            known("--cause", cause, letters.all(), StoredLetter::cause);
            known("--stage", stage, letters.all(), StoredLetter::stage);
        }
        return letters.all().stream().filter(filter).toList();
    }

    private static void known(
            String option, @Nullable String wanted, List<StoredLetter> all, Function<StoredLetter, String> of) {
        TreeSet<String> known = new TreeSet<>();
        all.forEach(letter -> known.add(of.apply(letter)));
        if (wanted != null && known.stream().noneMatch(wanted::equalsIgnoreCase)) {
            throw new UsageError(option + " " + wanted + ": no letter has it; there are " + String.join(", ", known)
                    + Spelling.nearest(wanted.toUpperCase(java.util.Locale.ROOT), known)
                            .map(near -> " (did you mean " + near + "?)")
                            .orElse(""));
        }
    }
}
