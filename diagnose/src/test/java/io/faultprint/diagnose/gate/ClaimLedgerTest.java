package io.faultprint.diagnose.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.Records;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimLedgerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");
    private static final Duration HOLD = Duration.ofMinutes(5);

    private final ClaimLedger ledger = ledger("one");

    @Test
    void aSettledNovelIncidentIsClaimedOnce() {
        Diagnosis claim = claim(ledger, Records.novel("inc1-1", "clu1-1"));
        ledger.learn(claim);

        assertThat(claim.getState()).isEqualTo(DiagnosisState.CLAIMED);
        assertThat(claim.getAttempt()).isOne();
        assertThat(claim.getRevision()).isOne();
        assertThat(claim.getDeadline()).isEqualTo(NOW.plus(HOLD).toEpochMilli());
        assertThat(decide(ledger, Records.novel("inc1-1", "clu1-1"))).isEqualTo(new Decision.Pass("claimed"));
        assertThat(decide(ledger, Records.novel("inc1-2", "clu1-1"))).isEqualTo(new Decision.Pass("claimed"));
    }

    @Test
    void whatIsProvisionalOrSeenBeforeIsNotClaimed() {
        Incident provisional = Records.incident("inc1-1", 1)
                .setCluster("clu1-1")
                .setNovel(true)
                .build();

        assertThat(decide(ledger, provisional)).isEqualTo(new Decision.Pass("not settled"));
        assertThat(decide(ledger, Records.incident("inc1-1", 1).setSettled(true).build()))
                .isEqualTo(new Decision.Pass("not settled"));
        assertThat(decide(ledger, Records.repeat("inc1-2", "clu1-1", "inc1-1")))
                .isEqualTo(new Decision.Pass("seen before"));
    }

    @Test
    void aDiagnosedClusterIsNotDiagnosedAgain() {
        ledger.learn(Settled.failed(claim(ledger, Records.novel("inc1-1", "clu1-1")), "nobody knows"));

        assertThat(decide(ledger, Records.novel("inc1-2", "clu1-1"))).isEqualTo(new Decision.Pass("diagnosed"));
    }

    @Test
    void aNewGenerationIsDiagnosedAgainOnceEvenFromARepeat() {
        ledger.learn(Settled.failed(claim(ledger, Records.novel("inc1-1", "clu1-1")), "nobody knows"));
        ledger.learn(Records.cluster("clu1-1", 2, 2, "inc1-1"));
        ledger.learn(Records.cluster("clu1-1", 1, 1, "inc1-1"));

        Diagnosis claim = claim(ledger, Records.repeat("inc1-3", "clu1-1", "inc1-1"));

        assertThat(claim.getGeneration()).isEqualTo(2);
        assertThat(claim.getRevision()).isEqualTo(3);
        ledger.learn(claim);
        assertThat(decide(ledger, Records.repeat("inc1-4", "clu1-1", "inc1-3")))
                .isEqualTo(new Decision.Pass("claimed"));
    }

    @Test
    void ourOwnClaimFromBeforeARestartIsCarriedOnAtOnceFromWhatItHolds() {
        Diagnosis claim = claim(ledger, Records.novel("inc1-1", "clu1-1"));
        ClaimLedger restarted = ledger("one");
        restarted.learn(claim);

        List<Diagnosis> next = restarted.lost(NOW, it -> false);

        assertThat(next).singleElement().satisfies(it -> {
            assertThat(it.getAttempt()).isEqualTo(2);
            assertThat(it.getRevision()).isEqualTo(2);
            assertThat(it.getIncident()).isEqualTo("inc1-1");
            assertThat(it.getEvidence()).isEqualTo(claim.getEvidence());
        });
    }

    @Test
    void theClaimOfAnotherIsWaitedFor() {
        ClaimLedger other = ledger("two");
        other.learn(claim(ledger, Records.novel("inc1-1", "clu1-1")));

        assertThat(other.lost(NOW.plus(HOLD).minusMillis(1), it -> false)).isEmpty();
        assertThat(other.lost(NOW.plus(HOLD), it -> false)).singleElement().satisfies(it -> {
            assertThat(it.getOwner()).isEqualTo("two");
            assertThat(it.getAttempt()).isEqualTo(2);
        });
    }

    @Test
    void aClaimThatIsWorkedOnHereIsNotLost() {
        ledger.learn(claim(ledger, Records.novel("inc1-1", "clu1-1")));

        assertThat(ledger.lost(NOW.plus(HOLD).plus(HOLD), it -> true)).isEmpty();
    }

    @Test
    void afterThreeLostOwnersItIsGivenUpAndSaysSo() {
        ledger.learn(Diagnosis.newBuilder(claim(ledger, Records.novel("inc1-1", "clu1-1")))
                .setAttempt(ClaimLedger.ATTEMPTS)
                .build());

        Diagnosis last = ledger.lost(NOW, it -> false).get(0);

        assertThat(last.getState()).isEqualTo(DiagnosisState.FAILED);
        assertThat(last.getSummary()).contains("3 owners were lost");
    }

    @Test
    void onlyTheAttemptThatStandsMaySettle() {
        Diagnosis first = claim(ledger, Records.novel("inc1-1", "clu1-1"));
        ledger.learn(first);
        Diagnosis second = ledger.lost(NOW, it -> false).get(0);
        ledger.learn(second);

        assertThat(ledger.stands(first)).isFalse();
        assertThat(ledger.stands(second)).isTrue();
        ledger.learn(Settled.failed(second, "nobody knows"));
        assertThat(ledger.stands(second)).isFalse();
    }

    private static ClaimLedger ledger(String owner) {
        return new ClaimLedger(owner, HOLD);
    }

    private static Decision decide(ClaimLedger ledger, Incident incident) {
        return ledger.decide(incident, it -> List.of(), NOW);
    }

    private static Diagnosis claim(ClaimLedger ledger, Incident incident) {
        return ((Decision.Claim) decide(ledger, incident)).claim();
    }
}
