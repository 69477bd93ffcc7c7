package io.faultprint.correlate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.watch.TaskFacts.Counted;
import io.faultprint.correlate.watch.TaskFacts.Services;
import io.faultprint.correlate.watch.TaskFacts.Ticks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommittedTotalsTest {

    private final CommittedTotals totals = new CommittedTotals();

    @Test
    void whatIsNotCommittedIsNotShown() {
        look(4, 10, 5);
        look(9, 17, 5);
        assertThat(shown()).isEqualTo(10);

        look(9, 17, 10);
        assertThat(shown()).isEqualTo(17);
    }

    @Test
    void aTransactionThatIsRolledBackIsNeverCountedTwiceAndNeverGoesBack() {
        look(4, 10, 5);
        look(9, 17, 5);
        // The task begins again with what its store holds, and reads 5 to 9 once more.
        look(-1, 10, 5);
        assertThat(shown()).isEqualTo(10);
        look(9, 17, 5);
        assertThat(shown()).isEqualTo(10);
        look(12, 20, 13);
        assertThat(shown()).isEqualTo(20);
    }

    @Test
    void aTaskThatMovesAwayTakesItsSumsAlong() {
        look(4, 10, 5);
        totals.look(Map.of(), Map.of());

        assertThat(totals.shown()).isEmpty();
    }

    @Test
    void aTaskThatComesWithItsStateShowsAllOfIt() {
        look(-1, 1_000, 0);

        assertThat(shown()).isEqualTo(1_000);
    }

    @Test
    void aLongTimeWithoutCommitsIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            look(i, i, 0);
        }
        look(10_000, 10_000, 9_999);

        assertThat(shown()).isEqualTo(9_998);
    }

    private long shown() {
        return totals.shown().getOrDefault("events/logs/late", -1L);
    }

    private void look(long offset, long late, long committed) {
        TaskFacts facts = new TaskFacts(
                "incidents-0",
                List.of(),
                Ticks.NONE,
                0,
                Map.of(),
                Services.NONE,
                0,
                new Counted("digests", 0, offset, Map.of("events/logs/late", late)));
        totals.look(Map.of("incidents-0", new Board.Said(facts, 1)), Map.of("digests-0", committed));
    }
}
