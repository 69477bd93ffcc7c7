package io.faultprint.local.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void theFirstFieldThatDiffersIsNamedByItsPath() {
        Tick one = tick(count("logs", 3), count("spans", 4));

        assertThat(Fields.first(one, tick(count("logs", 3), count("spans", 4)))).isEmpty();
        assertThat(Fields.first(one, tick(count("logs", 3), count("spans", 5))))
                .contains(new Fields.Different("counts[1].in", "4", "5"));
    }

    @Test
    void listsOfDifferentLengthDifferAsAWhole() {
        assertThat(Fields.first(tick(count("logs", 3)), tick()))
                .hasValueSatisfying(different -> assertThat(different.path()).isEqualTo("counts"));
    }

    @Test
    void zeroAndMinusZeroAreNotTheSameBytes() {
        assertThat(Fields.first(new Edge("a", 1L, 0L, 0.0), new Edge("a", 1L, 0L, -0.0)))
                .contains(new Fields.Different("meanMillis", "0.0", "-0.0"));
    }

    private static Tick tick(LossCount... counts) {
        return new Tick(0, 1, 10L, true, false, List.of(counts), 0, 0, List.of());
    }

    private static LossCount count(String kind, long in) {
        return new LossCount(kind, in, in, 0L, 0L, 0L, 0L);
    }
}
