package io.faultprint.correlate.incident;

import io.faultprint.correlate.candidate.Ranking;
import io.faultprint.correlate.candidate.SurpriseWords;
import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.correlate.state.OpenIncident;
import io.faultprint.id.Ids;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.SurpriseKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is known of an incident at one window.
 *
 * @param members its services by name, each with its surprises, strongest first
 * @param signatures what its services say, bounded
 * @param changes changes to its services and their neighbours
 * @param ranking its candidates
 */
record View(
        Map<AbnormalService, List<IncidentSurprise>> members,
        List<IncidentSignature> signatures,
        List<ChangeRef> changes,
        Ranking ranking) {

    /** Surprises of each candidate that a record keeps whatever their score, so that no candidate stands without. */
    private static final int PER_CANDIDATE = 2;

    private static final int ORDERED = 3;

    List<String> services() {
        return members.keySet().stream()
                .map(AbnormalService::getService)
                .sorted()
                .toList();
    }

    int cut() {
        return members.keySet().stream().mapToInt(AbnormalService::getCut).sum();
    }

    List<IncidentSurprise> allSurprises() {
        return members.values().stream()
                .flatMap(List::stream)
                .sorted(AbnormalServices.STRONGEST)
                .toList();
    }

    /** The strongest surprises, those of the candidates first in claim; highest score first. */
    List<IncidentSurprise> surprises(int most) {
        Set<IncidentSurprise> kept = new LinkedHashSet<>();
        for (Candidate candidate : ranking.top()) {
            members.forEach((row, seen) -> {
                if (row.getService().equals(candidate.getService())) {
                    kept.addAll(seen.subList(0, Math.min(PER_CANDIDATE, seen.size())));
                }
            });
        }
        kept.addAll(allSurprises());
        return kept.stream().limit(most).sorted(AbnormalServices.STRONGEST).toList();
    }

    /** One line for people: {@code orders: new error 'Connection refused' and slow GET /orders (3 services)}. */
    String title() {
        if (ranking.top().isEmpty()) {
            return "abnormal services";
        }
        String service = ranking.top().get(0).getService();
        List<String> what = new ArrayList<>();
        Set<SurpriseKind> kinds = new TreeSet<>();
        members.forEach((row, seen) -> {
            for (IncidentSurprise s : row.getService().equals(service) ? seen : List.<IncidentSurprise>of()) {
                if (what.size() < 2 && kinds.add(s.getSurprise().getKind())) {
                    what.add(SurpriseWords.brief(s.getSurprise()));
                }
            }
        });
        return service + ": " + (what.isEmpty() ? "abnormal" : String.join(" and ", what))
                + (members.size() > 1 ? " (" + members.size() + " services)" : "");
    }

    /** 1 for many services in strong trouble, 2 for a few or one in extreme trouble, 3 for one, 4 for less. */
    int severity(IncidentSettings settings) {
        long strong = members.keySet().stream()
                .filter(row -> !row.getLearning() && row.getPeak() >= settings.strong())
                .count();
        boolean extreme =
                members.keySet().stream().anyMatch(row -> !row.getLearning() && row.getPeak() >= 2 * settings.strong());
        if (strong >= 5) {
            return 1;
        }
        return (strong >= 2 && members.size() >= 3) || extreme ? 2 : strong >= 1 ? 3 : 4;
    }

    /**
     * Hash of what makes a new revision when it changes: status, severity, services, sorts of trouble, signatures,
     * changes, the order of the first candidates, the cluster. Numbers alone do not: they change with every window.
     */
    String worthSaying(OpenIncident incident, IncidentStatus status) {
        Set<String> sorts = new TreeSet<>();
        members.forEach((row, seen) -> seen.forEach(s ->
                sorts.add(row.getService() + " " + s.getSurprise().getKind().name())));
        Set<String> said = new TreeSet<>();
        signatures.forEach(s -> said.add(s.getService() + " " + s.getId()));
        return Ids.hash(
                status.name(),
                Integer.toString(incident.getSeverity()),
                String.join("\0", services()),
                String.join("\0", sorts),
                String.join("\0", said),
                String.join(
                        "\0", changes.stream().map(ChangeRef::getId).sorted().toList()),
                String.join(
                        "\0",
                        ranking.top().stream()
                                .limit(ORDERED)
                                .map(Candidate::getService)
                                .toList()),
                Objects.requireNonNullElse(incident.getCluster(), ""),
                Boolean.toString(incident.getNovel()),
                Boolean.toString(incident.getSettled()));
    }
}
