package io.faultprint.diagnose.check;

import static io.faultprint.diagnose.Records.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.event.ChangeKind;
import io.faultprint.snapshot.Direction;
import io.faultprint.time.Windows;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimCheckTest {

    private static final String LATENCY = "SPAN_LATENCY GET /cart";

    /** E1, E2 candidates; E3 to E5 surprises; E6 signature; E7 a deploy of cart, E8 one after the onset. */
    private final List<Evidence> evidence = new EvidenceBoard(Windows.DEFAULT, new Redaction("test"))
            .of(Records.incident("inc1-1", 1)
                    .setChanges(List.of(
                            Records.change("chg-1", "cart", START - 30_000, ChangeKind.DEPLOY),
                            Records.change("chg-2", "cart", START + 60_000, ChangeKind.DEPLOY)))
                    .build());

    private final ClaimCheck check = new ClaimCheck(20_000);

    @Test
    void aClaimThatItsEvidenceBearsOutStandsWithWordsWrittenByCode() {
        Checked checked = check.check(List.of(good()), evidence);

        assertThat(checked.rejected()).isEmpty();
        assertThat(checked.standing()).singleElement().satisfies(it -> {
            assertThat(it.getRank()).isOne();
            assertThat(it.getStatement()).startsWith("cart: too few connections; cart, latency: GET /cart is 812 ms");
            assertThat(it.getNextChecks()).isNotEmpty();
        });
    }

    @Test
    void eachFieldIsCheckedAgainstTheCitedEvidence() {
        assertThat(reason(claim("cart", LATENCY, Direction.UP, START, null, "E3", "E99")))
                .isEqualTo("cites E99, which does not exist");
        assertThat(reason(claim("cart", LATENCY, Direction.UP, START, null))).isEqualTo("cites no evidence");
        assertThat(reason(claim("payments", LATENCY, Direction.UP, START, null, "E3")))
                .contains("payments");
        assertThat(reason(claim("frontend", LATENCY, Direction.UP, START, null, "E3", "E5")))
                .contains("about the signal");
        assertThat(reason(claim("cart", LATENCY, Direction.DOWN, START, null, "E3")))
                .contains("DOWN");
        assertThat(reason(claim("cart", LATENCY, Direction.UP, START - 600_000, null, "E3")))
                .contains("from that time");
    }

    @Test
    void aChangeMustBeCitedOfItsKindAndBefore() {
        assertThat(reason(change(CauseCategory.CODE_CHANGE, null, "E3"))).isEqualTo("claims a change and names none");
        assertThat(reason(change(CauseCategory.CODE_CHANGE, "chg-1", "E3"))).contains("is the change 'chg-1'");
        assertThat(reason(change(CauseCategory.FEATURE_FLAG, "chg-1", "E3", "E7")))
                .contains("another kind");
        assertThat(reason(change(CauseCategory.CODE_CHANGE, "chg-2", "E3", "E8")))
                .contains("does not come before");
        assertThat(check.check(List.of(change(CauseCategory.CODE_CHANGE, "chg-1", "E3", "E7")), evidence)
                        .standing())
                .hasSize(1);
    }

    @Test
    void theSameClaimTwiceStandsOnce() {
        Checked checked = check.check(List.of(good(), good()), evidence);

        assertThat(checked.standing()).hasSize(1);
        assertThat(checked.rejected().get(0).getRejectedBecause()).contains("again");
    }

    @Test
    void citingMoreNeverMakesTheCapFall() {
        double one = confidence(claim("cart", LATENCY, Direction.UP, START, null, "E3"));
        double two = confidence(claim("cart", LATENCY, Direction.UP, START, null, "E3", "E4"));
        double all = confidence(claim("cart", LATENCY, Direction.UP, START, null, "E3", "E4", "E6", "E1", "E3"));

        assertThat(one).isLessThanOrEqualTo(0.6);
        assertThat(two).isGreaterThan(one);
        assertThat(all).isGreaterThanOrEqualTo(two).isLessThanOrEqualTo(0.9);
    }

    @Test
    void nobodyGetsMoreThanTenHypotheses() {
        Checked checked = check.check(Collections.nCopies(1000, good()), evidence);

        assertThat(checked.standing().size() + checked.rejected().size()).isLessThanOrEqualTo(20);
    }

    private double confidence(Claim claim) {
        return check.check(List.of(claim), evidence).standing().get(0).getConfidence();
    }

    private String reason(Claim claim) {
        Checked checked = check.check(List.of(claim), evidence);
        assertThat(checked.standing()).isEmpty();
        return String.valueOf(checked.rejected().get(0).getRejectedBecause());
    }

    private static Claim good() {
        return claim("cart", LATENCY, Direction.UP, START, null, "E3", "E4");
    }

    private static Claim change(CauseCategory category, @Nullable String change, String... cited) {
        return new Claim(category, "cart", LATENCY, Direction.UP, START, change, List.of(cited));
    }

    private static Claim claim(
            String service, String signal, Direction direction, long since, @Nullable String change, String... cited) {
        return new Claim(CauseCategory.RESOURCE_CONNECTIONS, service, signal, direction, since, change, List.of(cited));
    }
}
