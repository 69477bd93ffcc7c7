package io.faultprint.diagnose.evidence;

import static io.faultprint.diagnose.Records.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.Records;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.EvidenceKind;
import io.faultprint.event.ChangeKind;
import io.faultprint.incident.Incident;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.time.Windows;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceBoardTest {

    private final EvidenceBoard board = new EvidenceBoard(Windows.DEFAULT, new Redaction("test"));

    @Test
    void factsAreNumberedFromOneInAFixedOrder() {
        Incident incident = Records.incident("inc1-2", 1)
                .setChanges(List.of(Records.change("chg-1", "cart", START, ChangeKind.DEPLOY)))
                .setPrevious("inc1-1")
                .setPreviousStarted(START - 1)
                .setOccurrence(2)
                .build();

        List<Evidence> facts = board.of(incident);

        assertThat(facts).extracting(Evidence::getId).containsExactly("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8");
        assertThat(facts)
                .extracting(Evidence::getKind)
                .containsExactly(
                        EvidenceKind.CANDIDATE,
                        EvidenceKind.CANDIDATE,
                        EvidenceKind.SURPRISE,
                        EvidenceKind.SURPRISE,
                        EvidenceKind.SURPRISE,
                        EvidenceKind.SIGNATURE,
                        EvidenceKind.CHANGE,
                        EvidenceKind.HISTORY);
        assertThat(board.of(incident)).isEqualTo(facts);
    }

    @Test
    void numberLengthAndLinesAreBounded() {
        Incident incident = Records.incident("inc1-1", 1)
                .setSurprises(IntStream.range(0, 500)
                        .mapToObj(i -> Records.surprise(
                                "cart",
                                SurpriseKind.NEW_SIGNATURE,
                                "sig1-" + i,
                                "line\nbreak\u0000 \uD83D\uDE00".repeat(10_000),
                                Direction.NEW,
                                Double.POSITIVE_INFINITY,
                                START))
                        .toList())
                .build();

        List<Evidence> facts = board.of(incident);

        assertThat(facts).hasSizeLessThanOrEqualTo(45);
        assertThat(facts).allSatisfy(fact -> {
            assertThat(fact.getText()).hasSizeLessThanOrEqualTo(400).doesNotContain("\n", "\u0000");
            assertThat(fact.getScore()).isFinite();
        });
    }

    @Test
    void secretsAreHiddenInEveryPart() {
        Incident incident = Records.incident("inc1-1", 1)
                .setSurprises(List.of(Records.surprise(
                        "cart",
                        SurpriseKind.NEW_SIGNATURE,
                        "sig1-1",
                        "login of ann@example.org with password=hunter2hunter2 failed",
                        Direction.NEW,
                        6,
                        START)))
                .build();

        String text = board.of(incident).get(2).getText();

        assertThat(text).contains("<email:", "password=<secret:").doesNotContain("ann@", "hunter2");
    }

    @Test
    void redactionIsStableAndDoesNotTouchOrdinaryText() {
        Redaction redaction = new Redaction("key");
        String secret =
                "postgres://app:s3cr3t!@db/orders, Authorization: Bearer abcdefghijklmnop, AKIAABCDEFGHIJKLMNOP, "
                        + "4111 1111 1111 1111, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln";

        String once = redaction.of(secret);

        assertThat(once)
                .doesNotContain("s3cr3t", "abcdefghijklmnop", "AKIA", "4111", "eyJhb")
                .contains("postgres://app:<password:");
        assertThat(redaction.of(once)).isEqualTo(once);
        assertThat(new Redaction("other").of(secret)).isNotEqualTo(once);
        for (String ordinary : List.of(
                "cart, latency: GET /cart is 812 ms", "order 1234567890123456 of 17 items", "token bucket is empty")) {
            assertThat(redaction.of(ordinary)).isEqualTo(ordinary);
        }
    }
}
