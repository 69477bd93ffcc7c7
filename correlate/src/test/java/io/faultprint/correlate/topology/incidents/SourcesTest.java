package io.faultprint.correlate.topology.incidents;

import static io.faultprint.correlate.incident.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.table.Table;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import io.faultprint.snapshot.Tick;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private final Sources sources = new Sources(Table.onHeap());

    @Test
    void theSlowestSourceDecides() {
        tick(0, 5, true, false);
        assertThat(sources.closedUpTo()).isEqualTo(Long.MIN_VALUE);

        tick(1, 3, true, false);
        assertThat(sources.closedUpTo()).isEqualTo(at(3));
    }

    @Test
    void aSourceThatHasEndedHoldsNobodyUpButSeesNothingMore() {
        tick(0, 3, true, true);
        tick(1, 5, true, false);

        assertThat(sources.closedUpTo()).isEqualTo(at(5));
        assertThat(sources.isBlind(at(2), at(3))).isFalse();
        assertThat(sources.isBlind(at(4), at(5))).isTrue();
        assertThat(sources.allEnded()).isFalse();

        tick(1, 6, true, true);
        assertThat(sources.closedUpTo()).isEqualTo(at(6));
        assertThat(sources.allEnded()).isTrue();
    }

    @Test
    void aTickIsBlindForAllTheWindowsThatItCloses() {
        tick(0, 1, true, false);
        tick(1, 9, true, false);
        tick(0, 3, false, false);
        tick(0, 5, false, false);
        tick(0, 6, true, false);

        assertThat(sources.isBlind(at(0), at(1))).isFalse();
        assertThat(sources.isBlind(at(1), at(2))).isTrue();
        assertThat(sources.isBlind(at(4), at(5))).isTrue();
        assertThat(sources.isBlind(at(5), at(6))).isFalse();

        sources.forgetBlindUpTo(at(5));
        assertThat(sources.isBlind(at(1), at(2))).isFalse();
    }

    @Test
    void aTickThatGoesBackIsRefusedAndChangesNothing() {
        tick(0, 5, true, false);
        tick(1, 5, true, false);

        Refusal refusal = sources.accept(Tick.newBuilder()
                .setSource(0)
                .setSources(2)
                .setUpTo(at(3))
                .setCovered(true)
                .setEnded(true)
                .build());

        assertThat(refusal).isNotNull().extracting(Refusal::cause).isEqualTo(Cause.BAD_TIME);
        assertThat(sources.closedUpTo()).isEqualTo(at(5));
        assertThat(sources.allEnded()).isFalse();
    }

    private void tick(int source, int upToWindow, boolean covered, boolean ended) {
        sources.accept(Tick.newBuilder()
                .setSource(source)
                .setSources(2)
                .setUpTo(at(upToWindow))
                .setCovered(covered)
                .setEnded(ended)
                .build());
    }
}
