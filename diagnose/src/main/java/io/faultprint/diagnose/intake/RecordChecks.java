package io.faultprint.diagnose.intake;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.topic.Keys;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record must be before it may decide anything. Revisions are versions in the store and generations decide what is
 * diagnosed, both for good: one without end would shut out every true one that follows.
 */
final class RecordChecks {

    private static final int NAME = 1 << 10;

    /** At most one revision a window: of ten seconds, four months of one incident. */
    private static final int MOST = 1_000_000;

    /** Owners are told after minutes; a claim held for years would never be carried on. */
    private static final Duration LONGEST_HOLD = Duration.ofDays(7);

    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    private final Horizon horizon;

    RecordChecks(Horizon horizon) {
        this.horizon = horizon;
    }

    /** The key that the contents ask for. */
    static String keyOf(SpecificRecord value) {
        if (value instanceof Snapshot snapshot) {
            return Keys.service(snapshot.getEnvironment(), snapshot.getService());
        } else if (value instanceof SignatureEntry entry) {
            return Keys.signature(entry.getEnvironment(), entry.getService(), entry.getId());
        } else if (value instanceof Incident incident) {
            return Keys.id(incident.getEnvironment(), incident.getId());
        } else if (value instanceof Cluster cluster) {
            return Keys.id(cluster.getEnvironment(), cluster.getId());
        } else if (value instanceof Diagnosis diagnosis) {
            return Keys.id(diagnosis.getEnvironment(), diagnosis.getCluster());
        }
        throw new IllegalArgumentException(value.getSchema().getFullName() + " is not read here");
    }

    /** Null when it may. */
    @Nullable
    Refusal of(SpecificRecord value, long appended) {
        if (value instanceof Snapshot snapshot) {
            return snapshot(snapshot, appended);
        } else if (value instanceof SignatureEntry entry) {
            return first(
                    name("environment", entry.getEnvironment()),
                    name("service", entry.getService()),
                    name("id", entry.getId()),
                    time("firstSeen", entry.getFirstSeen(), appended),
                    time("lastSeen", entry.getLastSeen(), appended));
        } else if (value instanceof Incident incident) {
            return first(
                    name("environment", incident.getEnvironment()),
                    name("id", incident.getId()),
                    number("revision", incident.getRevision(), 1),
                    time("started", incident.getStarted(), appended),
                    time("opened", incident.getOpened(), appended),
                    time("asOf", incident.getAsOf(), appended));
        } else if (value instanceof Cluster cluster) {
            return first(
                    name("environment", cluster.getEnvironment()),
                    name("id", cluster.getId()),
                    number("revision", cluster.getRevision(), 1),
                    number("generation", cluster.getGeneration(), 1),
                    time("firstSeen", cluster.getFirstSeen(), appended),
                    time("lastSeen", cluster.getLastSeen(), appended),
                    time("asOf", cluster.getAsOf(), appended));
        } else if (value instanceof Diagnosis diagnosis) {
            return diagnosis(diagnosis, appended);
        }
        return null;
    }

    private @Nullable Refusal snapshot(Snapshot snapshot, long appended) {
        long length = snapshot.getWindowEnd() - snapshot.getWindowStart();
        return first(
                name("environment", snapshot.getEnvironment()),
                name("service", snapshot.getService()),
                time("windowStart", snapshot.getWindowStart(), appended),
                length > 0 && length <= LONGEST_WINDOW.toMillis()
                        ? null
                        : new Refusal(Cause.BAD_TIME, "a window of " + length + " ms"));
    }

    private @Nullable Refusal diagnosis(Diagnosis diagnosis, long appended) {
        return first(
                name("environment", diagnosis.getEnvironment()),
                name("cluster", diagnosis.getCluster()),
                number("revision", diagnosis.getRevision(), 1),
                number("generation", diagnosis.getGeneration(), 1),
                number("attempt", diagnosis.getAttempt(), 0),
                time("asOf", diagnosis.getAsOf(), appended),
                // By the owner's clock, in a replay as well.
                diagnosis.getDeadline() >= 0 && diagnosis.getDeadline() - LONGEST_HOLD.toMillis() <= appended
                        ? null
                        : new Refusal(
                                Cause.BAD_TIME,
                                "deadline " + diagnosis.getDeadline() + ", appended at " + appended
                                        + ": must be within " + LONGEST_HOLD.toDays() + " days"));
    }

    private static @Nullable Refusal name(String what, String text) {
        if (!text.isEmpty() && text.length() <= NAME) {
            return null;
        }
        String found = text.isEmpty() ? "nothing" : text.length() + " characters (" + Letter.cut(text) + ")";
        return new Refusal(Cause.BAD_VALUE, what + ": " + found + "; must have 1 to " + NAME);
    }

    private static @Nullable Refusal number(String what, int number, int least) {
        return number >= least && number <= MOST
                ? null
                : new Refusal(Cause.BAD_VALUE, what + " " + number + ": must be from " + least + " to " + MOST);
    }

    private @Nullable Refusal time(String what, long time, long appended) {
        return horizon.believesEvent(time, appended)
                ? null
                : new Refusal(
                        Cause.BAD_TIME,
                        what + " " + time + ", appended at " + appended + ": must be from 1970 to "
                                + (horizon.live() ? "a day after the broker's clock" : "9999"));
    }

    private static @Nullable Refusal first(@Nullable Refusal... all) {
        for (Refusal refusal : all) {
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
