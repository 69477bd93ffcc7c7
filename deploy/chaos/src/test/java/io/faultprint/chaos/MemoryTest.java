package io.faultprint.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final long MB = 1 << 20;

    private final Memory memory = new Memory(List.of(), Map.of(), 512);

    @Test
    void aHeapThatRisesAndFallsIsFlat() {
        for (int i = 0; i < 60; i++) {
            memory.sample("ingest", 1, (20 + i % 7 * 30) * MB);
        }

        assertThat(memory.judge(List.of()).holds()).isTrue();
    }

    @Test
    void aLifeThatGrowsIsToldEvenWhenAFreshProcessFollows() {
        for (int i = 0; i < 30; i++) {
            memory.sample("correlate-1", 1, (20 + 15L * i) * MB);
        }
        for (int i = 0; i < 30; i++) {
            memory.sample("correlate-1", 2, 20 * MB);
        }

        assertThat(memory.judge(List.of()).detail()).contains("correlate-1 lives on 320 MB at the end, on 170 MB");
    }

    @Test
    void whatNeverLivedLongIsNotCalledFlat() {
        memory.sample("diagnose", 1, 30 * MB);

        assertThat(memory.judge(List.of()).detail()).isEqualTo("diagnose ≤ 30 MB, never up for long");
    }

    @Test
    void aHeapThatRanFullIsTold() {
        assertThat(memory.judge(List.of("ingest ran out of memory")).holds()).isFalse();
    }
}
