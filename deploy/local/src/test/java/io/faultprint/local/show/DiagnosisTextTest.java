package io.faultprint.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.diagnosis.Hypothesis;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTextTest {

    private final DiagnosisText text = new DiagnosisText(Style.PLAIN);

    @Test
    void eachHypothesisCitesItsEvidenceAndNothingIsSaidTwice() {
        Diagnosis diagnosis = diagnosis(
                DiagnosisState.DIAGNOSED,
                List.of(
                        hypothesis(
                                1, "mailer: a dependency that is not under watch; mailer says 37 times: x", "E1", "E2"),
                        hypothesis(2, "mailer: too little memory; mailer says 37 times: x", "E2")));

        List<String> card = text.card(diagnosis);

        String whole = String.join("\n", card);
        assertThat(whole).contains("by rules, no model asked").contains("mailer: a dependency that is not under watch");
        assertThat(whole).containsOnlyOnce("fact E1").containsOnlyOnce("fact E2");
        assertThat(whole).contains("and E2 as above").doesNotContain("37 times");
    }

    @Test
    void inconclusiveSaysWhy() {
        Diagnosis diagnosis = diagnosis(DiagnosisState.INCONCLUSIVE, List.of());

        assertThat(String.join("\n", text.card(diagnosis))).contains("nothing is borne out");
        assertThat(text.line(diagnosis)).isEqualTo("diagnosis inconclusive");
    }

    private static Diagnosis diagnosis(DiagnosisState state, List<Hypothesis> hypotheses) {
        return Diagnosis.newBuilder()
                .setCluster("clu1-0000000000000001")
                .setGeneration(1)
                .setEnvironment("prod")
                .setIncident("inc1-0000000000000001")
                .setRevision(2)
                .setState(state)
                .setAttempt(1)
                .setOwner("")
                .setDeadline(0)
                .setEngine("rules")
                .setModel(null)
                .setAsOf(0)
                .setSummary("nothing is borne out")
                .setHypotheses(hypotheses)
                .setRejected(List.of())
                .setEvidence(List.of(evidence("E1"), evidence("E2")))
                .build();
    }

    private static Hypothesis hypothesis(int rank, String statement, String... cited) {
        return Hypothesis.newBuilder()
                .setRank(rank)
                .setCategory(CauseCategory.DEPENDENCY_EXTERNAL)
                .setService("mailer")
                .setSignal("ERROR_RATE errors")
                .setDirection(null)
                .setSince(null)
                .setChange(null)
                .setStatement(statement)
                .setConfidence(0.5)
                .setEvidence(List.of(cited))
                .setNextChecks(List.of())
                .setRejectedBecause(null)
                .build();
    }

    private static Evidence evidence(String id) {
        return Evidence.newBuilder()
                .setId(id)
                .setKind(EvidenceKind.SURPRISE)
                .setService("mailer")
                .setSignal("ERROR_RATE errors")
                .setDirection(null)
                .setTime(null)
                .setText("fact " + id)
                .build();
    }
}
