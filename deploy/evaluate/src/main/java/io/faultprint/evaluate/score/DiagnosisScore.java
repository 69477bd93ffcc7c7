package io.faultprint.evaluate.score;

import io.faultprint.diagnose.gate.DirectGate;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.Hypothesis;
import io.faultprint.evaluate.core.Said;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.evaluate.truth.Fault;
import io.faultprint.incident.Incident;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was diagnosed of one case.
 *
 * @param caseName the folder
 * @param faults each with its diagnosis
 * @param others diagnoses of clusters that no fault has: whatever cause they claim is none
 * @param all every diagnosis, once
 */
public record DiagnosisScore(String caseName, List<ToldFault> faults, List<Diagnosis> others, List<Diagnosis> all) {

    public DiagnosisScore {
        faults = List.copyOf(faults);
        others = List.copyOf(others);
        all = List.copyOf(all);
    }

    /** Has a gate that knows nothing yet read all revisions, and judges what came out. */
    public static DiagnosisScore of(Case truth, Said said, Owners owners, DirectGate gate) throws InterruptedException {
        Map<String, Diagnosis> byCluster = new LinkedHashMap<>();
        for (Incident revision : said.revisions()) {
            gate.read(revision).ifPresent(diagnosis -> byCluster.put(diagnosis.getCluster(), diagnosis));
        }
        Map<Optional<Fault>, List<History>> owned = owners.assign(truth.faults(), History.of(said.revisions()));
        List<Diagnosis> others = new ArrayList<>(byCluster.values());
        List<ToldFault> faults = new ArrayList<>();
        for (Fault fault : truth.faults()) {
            List<History> told = owned.getOrDefault(Optional.of(fault), List.of());
            List<Diagnosis> own = told.stream()
                    .map(history -> history.last().getCluster())
                    .filter(Objects::nonNull)
                    .map(byCluster::get)
                    .filter(Objects::nonNull)
                    .toList();
            others.removeAll(own);
            faults.add(new ToldFault(fault, !told.isEmpty(), own.stream().findFirst()));
        }
        return new DiagnosisScore(truth.name(), faults, others, List.copyOf(byCluster.values()));
    }

    /** How sure each first hypothesis was, and whether it was right; where the truth can say so. */
    public Stream<Sure> sure() {
        Stream<Sure> ofFaults = faults.stream()
                .filter(told -> told.fault().category().isPresent())
                .flatMap(told -> told.hypotheses().stream()
                        .limit(1)
                        .map(first -> new Sure(first.getConfidence(), told.right())));
        Stream<Sure> ofNone = others.stream()
                .flatMap(diagnosis -> diagnosis.getHypotheses().stream()
                        .limit(1)
                        .map(Hypothesis::getConfidence)
                        .map(confidence -> new Sure(confidence, false)));
        return Stream.concat(ofFaults, ofNone);
    }

    /** A confidence, from 0 to 1, beside what it was about. */
    public record Sure(double confidence, boolean right) {}
}
