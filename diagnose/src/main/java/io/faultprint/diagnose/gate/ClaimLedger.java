package io.faultprint.diagnose.gate;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.topic.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of {@code diagnoses} says: which cluster generations are claimed or settled. A pure state machine:
 * {@link #learn} takes records in the order of the log, the other methods make the next record and change nothing.
 *
 * <pre>
 * (nothing) ──claim──► CLAIMED ──settle──► DIAGNOSED | INCONCLUSIVE | FAILED ──a new generation──► CLAIMED …
 *                       │   ▲
 *                       └───┘ claimed again, attempt + 1, by the same owner after a restart
 *                             or by another one after the deadline
 * </pre>
 */
final class ClaimLedger {

    /** A diagnosis that three owners did not live to see the end of is not tried a fourth time. */
    static final int ATTEMPTS = 3;

    private record Entry(
            int generation, int revision, @Nullable Diagnosis open) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Integer> generations = new HashMap<>();
    private final Map<String, Diagnosis> open = new TreeMap<>();
    private final String owner;
    private final Duration hold;

    /**
     * @param owner the name of this instance, the same after a restart
     * @param hold how long a claim keeps others away
     */
    ClaimLedger(String owner, Duration hold) {
        this.owner = owner;
        this.hold = hold;
    }

    static String keyOf(Diagnosis diagnosis) {
        return Keys.id(diagnosis.getEnvironment(), diagnosis.getCluster());
    }

    /** The next record of the log. */
    void learn(Diagnosis record) {
        String key = keyOf(record);
        boolean claimed = record.getState() == DiagnosisState.CLAIMED;
        entries.put(key, new Entry(record.getGeneration(), record.getRevision(), claimed ? record : null));
        if (claimed) {
            open.put(key, record);
        } else {
            open.remove(key);
        }
    }

    /** A cluster as its topic says: a new generation asks for a new diagnosis. */
    void learn(Cluster cluster) {
        generations.merge(Keys.id(cluster.getEnvironment(), cluster.getId()), cluster.getGeneration(), Math::max);
    }

    /**
     * Whether this incident revision asks for a diagnosis: when it has settled and its cluster is novel, or began a new
     * generation, and nobody has claimed that generation.
     */
    Decision decide(Incident incident, Function<Incident, List<Evidence>> evidence, Instant now) {
        String cluster = incident.getCluster();
        if (cluster == null || !incident.getSettled()) {
            return new Decision.Pass("not settled");
        }
        String key = Keys.id(incident.getEnvironment(), cluster);
        int generation = generations.getOrDefault(key, 1);
        if (!incident.getNovel() && generation == 1) {
            return new Decision.Pass("seen before");
        }
        Entry entry = entries.get(key);
        if (entry != null && entry.generation() >= generation) {
            return new Decision.Pass(entry.open() == null ? "diagnosed" : "claimed");
        }
        return new Decision.Claim(Diagnosis.newBuilder()
                .setCluster(cluster)
                .setGeneration(generation)
                .setEnvironment(incident.getEnvironment())
                .setIncident(incident.getId())
                .setRevision(entry == null ? 1 : entry.revision() + 1)
                .setState(DiagnosisState.CLAIMED)
                .setAttempt(1)
                .setOwner(owner)
                .setDeadline(now.plus(hold).toEpochMilli())
                .setEngine("")
                .setAsOf(incident.getAsOf())
                .setSummary("Being diagnosed.")
                .setEvidence(evidence.apply(incident))
                .build());
    }

    /**
     * Claims whose owner is lost, as the records that carry them on: claimed again by us, or given up. Our own claims
     * from before a restart at once, those of others when their deadline has passed.
     *
     * @param running whether a claim is being worked on in this process
     */
    List<Diagnosis> lost(Instant now, Predicate<Diagnosis> running) {
        List<Diagnosis> next = new ArrayList<>();
        for (Diagnosis claim : open.values()) {
            boolean ours = claim.getOwner().equals(owner);
            boolean over = claim.getDeadline() <= now.toEpochMilli();
            if ((ours || over) && !running.test(claim)) {
                next.add(claim.getAttempt() >= ATTEMPTS ? givenUp(claim) : again(claim, now));
            }
        }
        return next;
    }

    /** Whether a claim is the one that stands, so that its result may be written. */
    boolean stands(Diagnosis claim) {
        Diagnosis current = open.get(keyOf(claim));
        return current != null
                && current.getGeneration() == claim.getGeneration()
                && current.getAttempt() == claim.getAttempt();
    }

    /** When the oldest open claim was made, by its owner's clock; empty when none is open. */
    OptionalLong oldestClaim() {
        return open.values().stream()
                .mapToLong(claim -> claim.getDeadline() - hold.toMillis())
                .min();
    }

    int claims() {
        return open.size();
    }

    private Diagnosis again(Diagnosis claim, Instant now) {
        return Diagnosis.newBuilder(claim)
                .setRevision(claim.getRevision() + 1)
                .setAttempt(claim.getAttempt() + 1)
                .setOwner(owner)
                .setDeadline(now.plus(hold).toEpochMilli())
                .build();
    }

    private static Diagnosis givenUp(Diagnosis claim) {
        return Settled.failed(
                claim, "No diagnosis: " + claim.getAttempt() + " owners were lost while they worked on it.");
    }
}
