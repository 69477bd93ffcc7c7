package io.faultprint.chaos.oracle;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Incidents and their diagnoses: each revision once, each new failure diagnosed once, and paid for once. */
final class IncidentChecks {

    private final Said said;
    private final Set<Place> poison;
    private final Map<String, Integer> modelCalls;
    private final int ownersLost;
    private final int callsPerAttempt;

    /**
     * @param poison what the harness put into topics to be refused
     * @param modelCalls the endpoint's ledger: calls by cluster
     * @param ownersLost how often the owner of claims was ended
     * @param callsPerAttempt how often one attempt may ask: once of a model that answers well
     */
    IncidentChecks(Said said, Set<Place> poison, Map<String, Integer> modelCalls, int ownersLost, int callsPerAttempt) {
        this.said = said;
        this.poison = poison;
        this.modelCalls = modelCalls;
        this.ownersLost = ownersLost;
        this.callsPerAttempt = callsPerAttempt;
    }

    List<Finding> all() {
        return List.of(revisions(), diagnoses(), calls(), poison());
    }

    private Finding revisions() {
        List<String> wrong = new ArrayList<>();
        Map<String, TreeSet<Integer>> byId = new TreeMap<>();
        for (Incident incident : said.incidents) {
            if (!byId.computeIfAbsent(incident.getId(), id -> new TreeSet<>()).add(incident.getRevision())) {
                wrong.add(incident.getId() + " revision " + incident.getRevision() + " twice");
            }
        }
        byId.forEach((id, revisions) -> {
            if (revisions.first() != 1 || revisions.last() != revisions.size()) {
                wrong.add(id + " has revisions " + revisions);
            }
        });
        return Finding.of(
                "each revision of an incident once, none missing",
                wrong.isEmpty() ? "" : wrong.size() + " wrong, the first: " + wrong.get(0),
                "%d incidents, %d revisions, %d clusters"
                        .formatted(byId.size(), said.incidents.size(), said.clusterCount()));
    }

    /** Clusters that settled as novel, whose diagnosis must come. */
    private Set<String> toDiagnose() {
        Set<String> clusters = new TreeSet<>();
        Map<String, Incident> latest = new HashMap<>();
        said.incidents.forEach(it -> latest.merge(it.getId(), it, (a, b) -> b.getRevision() > a.getRevision() ? b : a));
        for (Incident incident : latest.values()) {
            String cluster = incident.getCluster();
            if (cluster != null
                    && incident.getSettled()
                    && incident.getNovel()
                    && incident.getStatus() != IncidentStatus.MERGED) {
                clusters.add(cluster);
            }
        }
        return clusters;
    }

    private Finding diagnoses() {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> settled = new TreeMap<>();
        for (Diagnosis diagnosis : said.diagnoses) {
            if (diagnosis.getState() != DiagnosisState.CLAIMED) {
                settled.merge(diagnosis.getCluster() + " generation " + diagnosis.getGeneration(), 1, Integer::sum);
            }
        }
        settled.forEach((what, times) -> {
            if (times > 1) {
                wrong.add(what + " was settled " + times + " times");
            }
        });
        for (String cluster : toDiagnose()) {
            if (!settled.containsKey(cluster + " generation 1")) {
                wrong.add(cluster + " has no diagnosis");
            }
        }
        return Finding.of(
                "one diagnosis for each new failure",
                wrong.isEmpty() ? "" : wrong.size() + " wrong, the first: " + wrong.get(0),
                "%d diagnosed".formatted(settled.size()));
    }

    /** A lost owner may repeat one; nothing else may. The ledger names each cluster with its generation. */
    private Finding calls() {
        Map<String, Integer> attempts = new TreeMap<>();
        said.diagnoses.forEach(
                it -> attempts.merge(it.getCluster() + "-" + it.getGeneration(), it.getAttempt(), Math::max));
        List<String> wrong = new ArrayList<>();
        modelCalls.forEach((question, calls) -> {
            int allowed = attempts.getOrDefault(question, 0) * callsPerAttempt;
            if (calls > allowed) {
                wrong.add("%s: %d calls where %d are allowed".formatted(question, calls, allowed));
            }
        });
        int repeated = attempts.values().stream().mapToInt(times -> times - 1).sum();
        if (repeated > ownersLost) {
            wrong.add("%d claims were carried on, but owners were lost %d times".formatted(repeated, ownersLost));
        }
        int sum = modelCalls.values().stream().mapToInt(Integer::intValue).sum();
        return Finding.of(
                "a model is asked once for each new failure",
                String.join("; ", wrong),
                "%d calls for %d questions, %d repeated after a lost owner"
                        .formatted(sum, modelCalls.size(), repeated));
    }

    private Finding poison() {
        List<Place> unanswered = poison.stream()
                .filter(place -> !said.deadFrom.containsKey(place))
                .toList();
        return Finding.of(
                "what is poisoned is in dead-letters",
                unanswered.isEmpty() ? "" : unanswered.size() + " are not, the first " + unanswered.get(0),
                "%d of %d".formatted(poison.size(), poison.size()));
    }
}
