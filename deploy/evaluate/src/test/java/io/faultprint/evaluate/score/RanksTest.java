package io.faultprint.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.evaluate.core.Window;
import io.faultprint.evaluate.score.Ranks.Rule;
import io.faultprint.evaluate.truth.Fault;
import io.faultprint.snapshot.SurpriseKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RanksTest {

    private static final Fault FAULT = new Fault(
            100_000,
            200_000,
            "db",
            "slow",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("db"),
            List.of());

    private final Ranks ranks = new Ranks(
            List.of(
                    window("web", 100_000, 9, 4, 110_000, 40_000),
                    window("db", 110_000, 2, 7, 101_000, 90_000),
                    window("old", 10_000, 99, 99, 1, 9_000),
                    window("weak", 100_000, 0, 1, 71_000, 20_000)),
            3.5);

    @Test
    void eachRuleByWhatItGoesBy() {
        assertThat(ranks.rank(Rule.MOST_ERRORS, FAULT, 220_000)).isEqualTo(2);
        assertThat(ranks.rank(Rule.STRONGEST, FAULT, 220_000)).isEqualTo(1);
        assertThat(ranks.rank(Rule.EARLIEST, FAULT, 220_000)).isEqualTo(1);
        assertThat(ranks.rank(Rule.LATEST_CHANGE, FAULT, 220_000)).isEqualTo(1);
    }

    @Test
    void whatIsNotSeenYetDoesNotCount() {
        assertThat(ranks.rank(Rule.STRONGEST, FAULT, 115_000)).isEqualTo(History.NOWHERE);
    }

    @Test
    void ofEqualsHalfStandBefore() {
        Ranks equal = new Ranks(
                List.of(
                        window("a", 100_000, 5, 5, 1, 1),
                        window("db", 100_000, 5, 5, 1, 1),
                        window("c", 100_000, 5, 5, 1, 1)),
                3.5);

        assertThat(equal.rank(Rule.MOST_ERRORS, FAULT, 220_000)).isEqualTo(2);
    }

    private static Window window(String service, long start, long errors, double score, long onset, long change) {
        return new Window(
                service,
                start,
                start + 10_000,
                true,
                score,
                errors,
                List.of(new Window.Oddity(SurpriseKind.ERROR_RATE, score, onset)),
                List.of(new Window.Change("c-" + service, change)));
    }
}
