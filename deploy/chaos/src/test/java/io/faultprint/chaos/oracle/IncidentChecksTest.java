package io.faultprint.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentChecksTest {

    private final Telling run = new Telling();

    @Test
    void aNovelIncidentWithItsOneDiagnosisBreaksNothing() {
        incident(1);
        incident(2);
        diagnosis(1, 1, DiagnosisState.CLAIMED);
        diagnosis(2, 1, DiagnosisState.DIAGNOSED);

        assertThat(broken(Map.of("clu1-a-1", 1), 0)).isEmpty();
    }

    @Test
    void aRevisionThatComesTwiceOrIsMissingIsTold() {
        incident(1);
        incident(3);
        incident(3);
        diagnosis(1, 1, DiagnosisState.DIAGNOSED);

        assertThat(broken(Map.of(), 0)).singleElement().asString().contains("2 wrong", "revision 3 twice");
    }

    @Test
    void aNovelFailureWithoutADiagnosisIsTold() {
        incident(1);
        diagnosis(1, 1, DiagnosisState.CLAIMED);

        assertThat(broken(Map.of(), 0)).singleElement().asString().contains("clu1-a has no diagnosis");
    }

    @Test
    void aFailureThatIsDiagnosedTwiceIsTold() {
        incident(1);
        diagnosis(1, 1, DiagnosisState.DIAGNOSED);
        diagnosis(2, 1, DiagnosisState.INCONCLUSIVE);

        assertThat(broken(Map.of(), 0)).singleElement().asString().contains("was settled 2 times");
    }

    @Test
    void aCallMoreThanAttemptsIsTold() {
        incident(1);
        diagnosis(1, 1, DiagnosisState.DIAGNOSED);

        assertThat(broken(Map.of("clu1-a-1", 2), 0)).singleElement().asString().contains("2 calls where 1 are allowed");
    }

    @Test
    void aClaimMayBeCarriedOnOncePerLostOwner() {
        incident(1);
        diagnosis(1, 1, DiagnosisState.CLAIMED);
        diagnosis(2, 2, DiagnosisState.CLAIMED);
        diagnosis(3, 2, DiagnosisState.DIAGNOSED);

        assertThat(broken(Map.of("clu1-a-1", 2), 1)).isEmpty();
        assertThat(broken(Map.of("clu1-a-1", 2), 0)).singleElement().asString().contains("owners were lost 0 times");
    }

    @Test
    void poisonThatIsNotAmongTheDeadLettersIsTold() {
        Place poisoned = new Place("faultprint.digests", 0, 12);
        assertThat(new IncidentChecks(run.said, Set.of(poisoned), Map.of(), 0, 1).all())
                .filteredOn(finding -> !finding.holds())
                .singleElement()
                .extracting(Finding::detail)
                .asString()
                .contains("faultprint.digests-0 at 12");

        run.refused("dead-letters", poisoned);

        assertThat(new IncidentChecks(run.said, Set.of(poisoned), Map.of(), 0, 1).all())
                .allMatch(Finding::holds);
    }

    private List<String> broken(Map<String, Integer> calls, int ownersLost) {
        return new IncidentChecks(run.said, Set.of(), calls, ownersLost, 1)
                .all().stream()
                        .filter(finding -> !finding.holds())
                        .map(finding -> finding.promise() + ": " + finding.detail())
                        .toList();
    }

    private void incident(int revision) {
        run.say(
                "incidents",
                Incident.newBuilder()
                        .setId("inc1-a")
                        .setRevision(revision)
                        .setEnvironment("chaos")
                        .setStatus(IncidentStatus.OPEN)
                        .setOpened(1)
                        .setAsOf(1)
                        .setStarted(1)
                        .setTitle("orders")
                        .setSeverity(3)
                        .setServices(List.of("orders"))
                        .setCluster("clu1-a")
                        .setNovel(true)
                        .setSettled(true)
                        .setConfiguration("test")
                        .build());
    }

    private void diagnosis(int revision, int attempt, DiagnosisState state) {
        run.say(
                "diagnoses",
                Diagnosis.newBuilder()
                        .setCluster("clu1-a")
                        .setGeneration(1)
                        .setEnvironment("chaos")
                        .setIncident("inc1-a")
                        .setRevision(revision)
                        .setState(state)
                        .setAttempt(attempt)
                        .setOwner("diagnose")
                        .setDeadline(0)
                        .setEngine("model")
                        .setAsOf(1)
                        .setSummary("")
                        .build());
    }
}
