package io.faultprint.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnknownTest {

    private long nanos = -5;
    private final Unknown unknown = new Unknown(2, () -> nanos);

    @Test
    void anIdIsAskedForAgainAfterHalfASecond() {
        unknown.put(7, "Schema 7 not found");
        assertThat(unknown.get(7)).isEqualTo("Schema 7 not found");

        pass(Duration.ofMillis(499));
        assertThat(unknown.get(7)).isNotNull();
        pass(Duration.ofMillis(1));

        assertThat(unknown.get(7)).isNull();
    }

    @Test
    void withEachFurtherNoThePauseDoublesUpToAMinute() {
        for (long pause : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000}) {
            unknown.put(7, "no");
            pass(Duration.ofMillis(pause - 1));
            assertThat(unknown.get(7)).as(pause + " ms").isNotNull();
            pass(Duration.ofMillis(1));
            assertThat(unknown.get(7)).as(pause + " ms").isNull();
        }
    }

    @Test
    void whatTheRegistryCameToKnowBeginsAnew() {
        unknown.put(7, "no");
        pass(Duration.ofSeconds(1));
        unknown.put(7, "no");
        unknown.remove(7);
        unknown.put(7, "no");

        pass(Duration.ofMillis(500));

        assertThat(unknown.get(7)).isNull();
    }

    @Test
    void onlySoManyAreKept() {
        unknown.put(1, "no");
        unknown.put(2, "no");
        unknown.put(3, "no");

        assertThat(unknown.get(1)).isNull();
        assertThat(unknown.get(3)).isEqualTo("no");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
