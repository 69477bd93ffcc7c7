package io.faultprint.notify.notice;

import static io.faultprint.notify.Records.CLUSTER;
import static io.faultprint.notify.Records.diagnosis;
import static io.faultprint.notify.Records.incident;
import static io.faultprint.notify.Records.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.notify.Records;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void anIncidentIsToldWhenItOpensChangesAndEndsAndNotInBetween() {
        assertThat(keys(incident(1))).isEqualTo("OPENED a1.1");
        assertThat(keys(incident(2).setTitle("another title"))).isEmpty();
        assertThat(keys(incident(3).setSeverity(1))).isEqualTo("SEVERITY a1.3");
        assertThat(keys(incident(4).setSeverity(1).setServices(List.of("cart"))))
                .isEqualTo("SERVICES a1.4");
        assertThat(keys(incident(5))).isEqualTo("SEVERITY SERVICES a1.5");
        assertThat(keys(resolved(6))).isEqualTo("RESOLVED a1.6");
        assertThat(keys(resolved(7).setOccurrence(2))).isEmpty();
        assertThat(keys(incident(8))).isEqualTo("REOPENED a1.8");
        assertThat(keys(incident(9).setStatus(IncidentStatus.MERGED).setMergedInto("inc1-00000000000000a2")))
                .isEqualTo("MERGED a1.9");
    }

    @Test
    void aDiagnosisIsToldOfEachOpenIncidentOfItsClusterOnce() {
        ledger.learn(incident(1).setCluster(CLUSTER).build());
        ledger.learn(incident("inc1-00000000000000a2", 4).setCluster(CLUSTER).build());
        ledger.learn(
                incident("inc1-00000000000000a3", 1).setCluster("clu1-other").build());
        ledger.learn(incident("inc1-00000000000000a4", 1)
                .setCluster(CLUSTER)
                .setEnvironment("other")
                .build());

        List<Notice> told = ledger.learn(diagnosis(2).build());

        assertThat(told)
                .extracting(notice -> notice.key(""))
                .containsExactly("inc1-00000000000000a1.1.d2", "inc1-00000000000000a2.4.d2");
        assertThat(told).allSatisfy(notice -> {
            assertThat(notice.event()).isEqualTo(Happening.DIAGNOSED);
            Headline headline = java.util.Objects.requireNonNull(notice.diagnosis());
            assertThat(headline.statement()).isEqualTo("cart has no connections left");
            assertThat(headline.confidence()).isEqualTo(0.8);
        });
        assertThat(ledger.learn(diagnosis(2).build())).isEmpty();
        assertThat(keys(incident(2).setCluster(CLUSTER))).isEmpty();
    }

    @Test
    void anIncidentOfAKnownClusterIsToldWithItsDiagnosisAtOnceOrAsSoonAsItsClusterIsKnown() {
        ledger.learn(diagnosis(2).build());

        assertThat(keys(incident(1).setCluster(CLUSTER))).isEqualTo("OPENED a1.1.d2");
        ledger.learn(incident("inc1-00000000000000a2", 1).build());
        assertThat(keys(incident("inc1-00000000000000a2", 2).setCluster(CLUSTER)))
                .isEqualTo("DIAGNOSED a2.2.d2");
    }

    @Test
    void aClaimAndAFailureAreNoDiagnosis() {
        ledger.learn(incident(1).setCluster(CLUSTER).build());

        assertThat(ledger.learn(diagnosis(1).setState(DiagnosisState.CLAIMED).build()))
                .isEmpty();
        assertThat(ledger.learn(diagnosis(2).setState(DiagnosisState.FAILED).build()))
                .isEmpty();
        assertThat(ledger.learn(diagnosis(3)
                        .setState(DiagnosisState.INCONCLUSIVE)
                        .setHypotheses(List.of())
                        .build()))
                .singleElement()
                .extracting(notice ->
                        java.util.Objects.requireNonNull(notice.diagnosis()).statement())
                .isEqualTo("Connections of cart are exhausted.");
    }

    @Test
    void whoIsToldFromSeverityTwoHearsOfItWhenItIsFirstThatSevereAndUntilItsEnd() {
        Notice mild = learn(incident(1).setSeverity(3)).orElseThrow();
        Notice severe = learn(incident(2).setSeverity(2)).orElseThrow();
        Notice milder = learn(incident(3).setSeverity(4)).orElseThrow();
        Notice over = learn(resolved(4).setSeverity(4)).orElseThrow();

        assertThat(mild.within(2)).isNull();
        assertThat(java.util.Objects.requireNonNull(severe.within(2)).event()).isEqualTo(Happening.OPENED);
        assertThat(milder.within(2)).isEqualTo(milder);
        assertThat(over.within(2)).isEqualTo(over);
        assertThat(severe.within(3)).isEqualTo(severe);
    }

    @Test
    void theEndOfAnIncidentThatNobodyKnowsIsTold() {
        assertThat(keys(resolved(7))).isEqualTo("RESOLVED a1.7");
    }

    @Test
    void aLedgerReadBackKnowsWhatTheOneBeforeKnew() {
        List<Incident> revisions = List.of(
                incident(1).build(),
                incident(2).setSeverity(1).build(),
                incident(3).setSeverity(1).build(),
                resolved(4).build());
        for (int killed = 0; killed < revisions.size(); killed++) {
            Ledger whole = new Ledger();
            revisions.subList(0, killed).forEach(whole::learn);
            Ledger readBack = new Ledger();
            revisions.subList(0, killed).forEach(readBack::learn);

            assertThat(readBack.learn(revisions.get(killed))).isEqualTo(whole.learn(revisions.get(killed)));
        }
    }

    @Test
    void aRevisionThatComesAgainOrLateChangesNothing() {
        ledger.learn(incident(1).build());
        ledger.learn(incident(3).setSeverity(1).build());

        assertThat(keys(incident(3).setSeverity(1))).isEmpty();
        assertThat(keys(incident(2).setSeverity(4))).isEmpty();
        assertThat(keys(resolved(2))).isEmpty();
        assertThat(ledger.standing())
                .singleElement()
                .satisfies(notice -> assertThat(notice.story().severity()).isEqualTo(1));

        assertThat(keys(resolved(4))).isEqualTo("RESOLVED a1.4");
        assertThat(keys(incident(3).setSeverity(1))).isEmpty();
        assertThat(keys(resolved(4))).isEmpty();
        assertThat(ledger.open()).isZero();
        assertThat(keys(incident(5))).isEqualTo("REOPENED a1.5");
    }

    @Test
    void anOldDiagnosisThatComesLateIsNotTold() {
        ledger.learn(incident(1).setCluster(CLUSTER).build());
        ledger.learn(diagnosis(5).build());

        assertThat(ledger.learn(diagnosis(4).build())).isEmpty();
        assertThat(keys(incident(2).setCluster(CLUSTER).setSeverity(1))).isEqualTo("SEVERITY a1.2.d5");
    }

    @Test
    void whatIsSentAgainByHandIsToldAnewUnlessALaterRevisionIsKnown() {
        ledger.learn(incident(1).build());
        ledger.learn(incident(2).setSeverity(1).build());

        ledger.forget(incident(1).build());
        assertThat(keys(incident(1))).isEmpty();
        ledger.forget(incident(2).build());
        assertThat(keys(incident(2).setSeverity(1))).isEqualTo("OPENED a1.2");
    }

    @Test
    void itsMemoryIsBounded() {
        Ledger small = new Ledger(3);
        for (int i = 0; i < 10; i++) {
            small.learn(incident("inc1-" + i, 1).build());
            small.learn(diagnosis(1).setCluster("clu1-" + i).build());
        }

        assertThat(small.open()).isEqualTo(3);
        assertThat(small.standing())
                .extracting(notice -> notice.story().id())
                .containsExactly("inc1-7", "inc1-8", "inc1-9");
    }

    @Test
    void longTextsAndListsAreCut() {
        String face = "\uD83D\uDE00";
        Incident huge = incident(1)
                .setTitle("x".repeat(999) + face.repeat(5))
                .setServices(java.util.stream.IntStream.range(0, 500)
                        .mapToObj(i -> "service-" + i)
                        .toList())
                .build();

        Story story = ledger.learn(huge).orElseThrow().story();

        assertThat(story.title()).isEqualTo("x".repeat(999) + "…");
        assertThat(story.services()).hasSize(Story.MOST_SERVICES);
        assertThat(story.serviceCount()).isEqualTo(500);
    }

    @Test
    void aReplayHasKeysOfItsOwn() {
        assertThat(learn(incident(1)).orElseThrow().key("replay-1")).isEqualTo("replay-1:" + Records.INCIDENT + ".1");
    }

    private Optional<Notice> learn(Incident.Builder incident) {
        return ledger.learn(incident.build());
    }

    /** What happened, and the key without what all ids begin with; empty for nothing. */
    private String keys(Incident.Builder incident) {
        return learn(incident)
                .map(notice -> String.join(
                                " ", notice.happened().stream().map(Enum::name).toList())
                        + " " + notice.key("").replace("inc1-00000000000000", ""))
                .orElse("");
    }
}
