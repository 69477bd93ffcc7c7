package io.faultprint.diagnose.store;

import io.faultprint.topic.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names and mappings of the indices of one run. */
final class Indices {

    static final String INCIDENTS = "incidents";
    static final String CLUSTERS = "clusters";
    static final String DIAGNOSES = "diagnoses";
    static final String SIGNATURES = "signatures";
    static final String PULSE = "pulse";
    static final String ONCALL = "oncall";
    static final String HYPOTHESES = "hypotheses";
    static final String SURPRISES = "surprises";
    static final String CHANGES = "changes";
    static final String SNAPSHOTS = "snapshots";
    static final String INCIDENT_REVISIONS = "incident-revisions";
    static final String EVIDENCE = "evidence";
    static final String TICKS = "ticks";
    static final String DEAD_LETTERS = "dead-letters";

    /** Ordinary indices: the latest revision of each thing, behind an alias. */
    static final List<String> ALIASES =
            List.of(INCIDENTS, CLUSTERS, DIAGNOSES, SIGNATURES, PULSE, ONCALL, HYPOTHESES, SURPRISES, CHANGES);

    /** One index per day, deleted as a whole: of the documents' own event time, of ticks and letters the broker's. */
    static final List<String> DATED = List.of(SNAPSHOTS, INCIDENT_REVISIONS, EVIDENCE, TICKS, DEAD_LETTERS);

    static final String CONTENT_HASH = "contentHash";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final Run run;

    Indices(Run run) {
        this.run = run;
    }

    String alias(String name) {
        return run.index(name);
    }

    /** The index behind the alias; a later change of mapping that cannot be made in place gets the next number. */
    String concrete(String name) {
        return run.index(name) + "-v1";
    }

    String pattern(String name) {
        return run.index(name) + "-*";
    }

    /** The index for an event time, epoch milliseconds. */
    String dated(String name, long time) {
        if (time < 0 || time > LATEST) {
            throw new IllegalArgumentException("time " + time + " ms: outside the years 1970 to 9999");
        }
        return run.index(name) + "-" + DAY.format(Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC));
    }

    /** The day of a dated index of this run; empty for any other index, also for one of another run. */
    Optional<LocalDate> dayOf(String index) {
        for (String name : DATED) {
            String prefix = run.index(name) + "-";
            if (index.startsWith(prefix)) {
                try {
                    return Optional.of(LocalDate.parse(index.substring(prefix.length()), DAY));
                } catch (DateTimeParseException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** The mapping of an index, as the resource file of its name says. */
    static String mapping(String name) {
        String resource = "mappings/" + (name.equals(INCIDENT_REVISIONS) ? INCIDENTS : name) + ".json";
        try (InputStream in = Indices.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
