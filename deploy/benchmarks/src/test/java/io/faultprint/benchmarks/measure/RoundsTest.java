package io.faultprint.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.benchmarks.measure.Rounds.Contender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> calls = new ArrayList<>();

    private Contender<Integer, String> contender(String name) {
        return round -> {
            calls.add(name + round);
            return name + round;
        };
    }

    @Test
    void anotherLeadsInEachRoundAndTheFirstRoundIsLeftOut() throws Exception {
        List<List<String>> values =
                new Rounds(2).run(round -> round, List.of(contender("a"), contender("b"), contender("c")));

        assertThat(calls).containsExactly("a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2");
        assertThat(values).containsExactly(List.of("a1", "a2"), List.of("b1", "b2"), List.of("c1", "c2"));
    }

    @Test
    void allOfARoundShareWhatWasPreparedForIt() throws Exception {
        List<Integer> prepared = new ArrayList<>();

        new Rounds(1)
                .run(
                        round -> {
                            prepared.add(round);
                            return round;
                        },
                        List.of(contender("a"), contender("b")));

        assertThat(prepared).containsExactly(0, 1);
        assertThat(calls).containsExactly("a0", "b0", "b1", "a1");
    }

    @Test
    void noRoundIsNoBenchmark() {
        assertThatThrownBy(() -> new Rounds(0)).hasMessage("0 rounds: must be 1 or more");
    }
}
