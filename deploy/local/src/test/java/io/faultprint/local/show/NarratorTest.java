package io.faultprint.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.IncidentStatus;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NarratorTest {

    private final Narrator narrator = new Narrator(Style.PLAIN, new Times(ZoneOffset.UTC));

    @Test
    void anIncidentIsToldInPlainWordsWhenItOpens() {
        assertThat(narrator.tell(Samples.opened().build()))
                .containsExactly(
                        "",
                        "incident inc1-00000000000000aa  severity 2  open since 14:03:25",
                        "  payment fails, and checkout with it",
                        "  since     2026-03-04 14:03:10, in checkout, payment",
                        "  what      payment says for the first time \"pool exhausted after <num> ms\" (12",
                        "            lines)",
                        "            checkout POST /pay fails: 34.2 %, expected 0 to 1 %",
                        "  likely    payment 62 %: it was odd first; checkout calls it",
                        "  seen      not known yet");
    }

    @Test
    void whetherItIsNewIsToldOnce() {
        narrator.tell(Samples.opened().build());

        assertThat(narrator.tell(Samples.settledNovel().build()))
                .containsExactly("14:03:40  inc1-00000000000000aa  never before (cluster clu1-00000000000000cc);"
                        + " likely payment");
        assertThat(narrator.tell(Samples.settledNovel().setRevision(3).build())).isEmpty();
    }

    @Test
    void aRepeatNamesHowOftenWhenLastAndTheInheritedDiagnosis() {
        narrator.tell(Samples.settledNovel().build());
        narrator.tell(Samples.diagnosis().build());

        assertThat(narrator.tell(Samples.settledRepeat().build()))
                .contains(
                        "  seen      2 times before, last 2026-03-04 13:03:10 as inc1-00000000000000aa",
                        "  inherited 71 % payment ran out of database connections (from");
        assertThat(narrator.totals()).isEqualTo("2 incidents, 1 seen before; 1 diagnosis and 0 model calls so far");
    }

    @Test
    void aDiagnosisIsToldWithConfidenceAndCitedEvidence() {
        assertThat(narrator.tell(Samples.diagnosis().build()))
                .containsExactly(
                        "",
                        "diagnosis of inc1-00000000000000aa  by rules, no model asked",
                        "  71 %      payment ran out of database connections",
                        "            E1 payment says \"pool exhausted\" for the first time, 12 lines",
                        "            next: look at the pool's size",
                        "  0 incidents; 1 diagnosis and 0 model calls so far");
    }

    @Test
    void aClaimIsNoDiagnosisYet() {
        assertThat(narrator.tell(
                        Samples.diagnosis().setState(DiagnosisState.CLAIMED).build()))
                .isEmpty();
        assertThat(narrator.diagnosed()).isZero();
    }

    @Test
    void theEndIsToldWithItsLength() {
        narrator.tell(Samples.opened().build());

        assertThat(narrator.tell(Samples.opened()
                        .setRevision(2)
                        .setStatus(IncidentStatus.RESOLVED)
                        .setEnded(Samples.START + 125_000)
                        .setAsOf(Samples.START + 140_000)
                        .build()))
                .containsExactly("14:05:30  inc1-00000000000000aa  resolved after 2 min 5 s");
    }

    @Test
    void whatWasThereBeforeIsNotToldAgain() {
        narrator.remember(Samples.opened().build());

        assertThat(narrator.tell(Samples.opened().build())).isEmpty();
        assertThat(narrator.open()).isEqualTo(1);
    }
}
