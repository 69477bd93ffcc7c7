package io.faultprint.diagnose.check;

import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.diagnosis.Hypothesis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which claims are believed: every field must be borne out by evidence that the claim itself cites. Knows
 * nothing of where claims come from; the rules are checked like a model.
 */
public final class ClaimCheck {

    /** More than anybody reads; what an engine says beyond it is refused. */
    private static final int MOST = 10;

    private static final int NAME = 256;

    private final long tolerance;

    /** With how far, in milliseconds, a claimed time may be from the evidence's, for example two windows. */
    public ClaimCheck(long toleranceMillis) {
        this.tolerance = toleranceMillis;
    }

    /** Checks claims, in the engine's order, against these facts. */
    public Checked check(List<Claim> claims, List<Evidence> evidence) {
        Map<String, Evidence> byId = new LinkedHashMap<>();
        evidence.forEach(fact -> byId.put(fact.getId(), fact));
        List<Hypothesis> standing = new ArrayList<>();
        List<Hypothesis> rejected = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Claim claim : claims.stream().limit(2L * MOST).toList()) {
            List<Evidence> cited = claim.evidence().stream()
                    .distinct()
                    .map(byId::get)
                    .filter(Objects::nonNull)
                    .toList();
            double confidence =
                    Confidence.of(claim.category(), claim.service(), claim.since(), claim.change(), cited, evidence);
            Optional<String> problem = problem(claim, cited, byId.keySet())
                    .or(() -> standing.size() >= MOST ? Optional.of("more than " + MOST + " claims") : Optional.empty())
                    .or(() -> confidence < Confidence.LEAST
                            ? Optional.of("too weak: confidence " + confidence)
                            : Optional.empty())
                    .or(() -> seen.add(claim.category() + " " + claim.service() + " " + claim.change())
                            ? Optional.empty()
                            : Optional.of("says again what an earlier claim says"));
            if (problem.isPresent()) {
                rejected.add(hypothesis(claim, rejected.size() + 1, 0, "", List.of(), problem.get()));
            } else {
                standing.add(hypothesis(
                        claim,
                        0,
                        confidence,
                        Prose.statement(claim, cited),
                        Categories.nextChecks(claim.category(), claim.service()),
                        null));
            }
        }
        return new Checked(ranked(standing), rejected);
    }

    private static List<Hypothesis> ranked(List<Hypothesis> standing) {
        List<Hypothesis> sorted = standing.stream()
                .sorted(Comparator.comparingDouble(Hypothesis::getConfidence).reversed())
                .toList();
        List<Hypothesis> ranked = new ArrayList<>();
        for (Hypothesis hypothesis : sorted) {
            ranked.add(
                    Hypothesis.newBuilder(hypothesis).setRank(ranked.size() + 1).build());
        }
        return ranked;
    }

    private Optional<String> problem(Claim claim, List<Evidence> cited, Set<String> known) {
        List<String> invented =
                claim.evidence().stream().filter(id -> !known.contains(id)).toList();
        if (!invented.isEmpty()) {
            return Optional.of("cites " + Prose.bounded(String.join(", ", invented), NAME) + ", which does not exist");
        }
        if (cited.isEmpty()) {
            return Optional.of("cites no evidence");
        }
        List<Evidence> ofService = cited.stream()
                .filter(fact -> fact.getService().equals(claim.service()))
                .toList();
        if (ofService.isEmpty()) {
            return Optional.of("no cited evidence is about the service '" + Prose.bounded(claim.service(), NAME) + "'");
        }
        List<Evidence> ofSignal = ofService.stream()
                .filter(fact -> fact.getSignal().equals(claim.signal()))
                .filter(fact -> !fact.getSignal().isEmpty())
                .toList();
        if (ofSignal.isEmpty()) {
            return Optional.of("no cited evidence of that service is about the signal '"
                    + Prose.bounded(claim.signal(), NAME) + "'");
        }
        if (claim.direction() != null
                && ofSignal.stream().noneMatch(fact -> fact.getDirection() == claim.direction())) {
            return Optional.of("no cited evidence says that the signal went " + claim.direction());
        }
        Long since = claim.since();
        if (since != null && ofService.stream().noneMatch(fact -> near(fact.getTime(), since))) {
            return Optional.of("no cited evidence of that service is from that time");
        }
        return change(claim, cited, ofService);
    }

    private Optional<String> change(Claim claim, List<Evidence> cited, List<Evidence> ofService) {
        String change = claim.change();
        if (change == null) {
            return Categories.NEED_CHANGE.contains(claim.category())
                    ? Optional.of("claims a change and names none")
                    : Optional.empty();
        }
        Optional<Evidence> fact = cited.stream()
                .filter(it -> it.getKind() == EvidenceKind.CHANGE)
                .filter(it -> it.getSignal().equals(change))
                .findFirst();
        if (fact.isEmpty()) {
            return Optional.of("no cited evidence is the change '" + Prose.bounded(change, NAME) + "'");
        }
        if (!Categories.ofChange(fact.get())
                        .filter(it -> it == claim.category())
                        .isPresent()
                && Categories.NEED_CHANGE.contains(claim.category())) {
            return Optional.of("the change is of another kind than the claim says");
        }
        Long at = fact.get().getTime();
        Long began = claim.since() != null ? claim.since() : earliest(ofService);
        if (at == null || began == null || at > began + tolerance) {
            return Optional.of("the change does not come before the trouble");
        }
        return Optional.empty();
    }

    private static @Nullable Long earliest(List<Evidence> facts) {
        return facts.stream()
                .filter(it -> it.getKind() != EvidenceKind.CHANGE)
                .map(Evidence::getTime)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    private boolean near(@Nullable Long time, long since) {
        return time != null && time >= since - tolerance && time <= since + tolerance;
    }

    private static Hypothesis hypothesis(
            Claim claim,
            int rank,
            double confidence,
            String statement,
            List<String> nextChecks,
            @Nullable String rejectedBecause) {
        return Hypothesis.newBuilder()
                .setRank(rank)
                .setCategory(claim.category())
                .setService(Prose.bounded(claim.service(), NAME))
                .setSignal(Prose.bounded(claim.signal(), NAME))
                .setDirection(claim.direction())
                .setSince(claim.since())
                .setChange(claim.change() == null ? null : Prose.bounded(claim.change(), NAME))
                .setStatement(statement)
                .setConfidence(confidence)
                .setEvidence(claim.evidence().stream()
                        .limit(50)
                        .map(id -> Prose.bounded(id, 16))
                        .toList())
                .setNextChecks(nextChecks)
                .setRejectedBecause(rejectedBecause)
                .build();
    }
}
