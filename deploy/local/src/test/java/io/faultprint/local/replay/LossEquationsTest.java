package io.faultprint.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossEquationsTest {

    private final LossEquations equations = new LossEquations();

    @Test
    void countsOfAllTicksAddUp() {
        equations.add(tick(count("logs", 10, 9, 1)));
        equations.add(tick(count("logs", 5, 5, 0), count("spans", 3, 3, 0)));

        assertThat(equations.hold(18)).isTrue();
        assertThat(equations.lines(18))
                .containsExactly(
                        "logs               15 in = 14 kept + 1 late + 0 duplicated + 0 dead-lettered + 0 dropped",
                        "spans               3 in = 3 kept + 0 late + 0 duplicated + 0 dead-lettered + 0 dropped",
                        "all                18 in, 18 acknowledged by the door");
    }

    @Test
    void anEventThatWentNowhereIsSeen() {
        equations.add(tick(count("logs", 10, 8, 1)));

        assertThat(equations.hold(10)).isFalse();
        assertThat(equations.lines(10).get(0)).endsWith("DOES NOT HOLD");
    }

    @Test
    void anEventThatNeverCameInIsSeen() {
        equations.add(tick(count("logs", 10, 9, 1)));

        assertThat(equations.hold(11)).isFalse();
        assertThat(equations.lines(11).get(1)).endsWith("11 acknowledged by the door   DOES NOT HOLD");
    }

    static Tick tick(LossCount... counts) {
        return Tick.newBuilder()
                .setSource(0)
                .setSources(1)
                .setUpTo(10_000)
                .setCovered(true)
                .setEnded(false)
                .setCounts(List.of(counts))
                .setServices(1)
                .setLearning(0)
                .build();
    }

    private static LossCount count(String kind, long in, long kept, long late) {
        return LossCount.newBuilder()
                .setKind(kind)
                .setIn(in)
                .setKept(kept)
                .setLate(late)
                .setDuplicated(0)
                .setDeadLettered(0)
                .setDropped(0)
                .build();
    }
}
