package io.faultprint.diagnose.rules;

import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The evidence as rules ask for it. */
record Facts(List<Evidence> evidence) {

    /** Likeliest first, as the incident ranked them. */
    List<Evidence> candidates() {
        return of(EvidenceKind.CANDIDATE).toList();
    }

    Stream<Evidence> surprises() {
        return of(EvidenceKind.SURPRISE);
    }

    /** Surprises of a service, strongest first. */
    List<Evidence> surprisesOf(String service) {
        return surprises()
                .filter(it -> it.getService().equals(service))
                .sorted(Comparator.comparingDouble(Evidence::getScore).reversed())
                .toList();
    }

    /** What a service says or measures: where rules look for words. */
    Stream<Evidence> wordsOf(String service) {
        return evidence.stream()
                .filter(it -> it.getService().equals(service))
                .filter(it -> it.getKind() == EvidenceKind.SIGNATURE || it.getKind() == EvidenceKind.SURPRISE);
    }

    List<Evidence> changesOf(String service) {
        return of(EvidenceKind.CHANGE)
                .filter(it -> it.getService().equals(service))
                .toList();
    }

    /** Every service that some surprise or candidate is about. */
    Set<String> services() {
        return Stream.concat(surprises(), of(EvidenceKind.CANDIDATE))
                .map(Evidence::getService)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Evidence> of(EvidenceKind kind) {
        return evidence.stream().filter(it -> it.getKind() == kind);
    }
}
