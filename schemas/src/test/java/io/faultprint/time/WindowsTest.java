package io.faultprint.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

    private static final long CENTURIES = 1L << 50;

    private final Windows windows = Windows.DEFAULT;

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "9999, 0", "10000, 10000", "-1, -10000", "-10000, -10000", "-10001, -20000"})
    void aWindowStartsAtAMultipleOfItsLengthAlsoBefore1970(long time, long start) {
        assertThat(windows.startOf(time)).isEqualTo(start);
        assertThat(windows.endOf(time)).isEqualTo(start + 10_000);
    }

    @Test
    void aWindowIsKnownWhenItsEndAndTheLatenessArePast() {
        assertThat(windows.knownAt(20_000)).isEqualTo(45_000);
        assertThat(new Windows(1, 0).knownAt(0)).isEqualTo(1);
    }

    @Property(tries = 500)
    void everyTimeIsInExactlyOneWindow(
            @ForAll @LongRange(min = -CENTURIES, max = CENTURIES) long time,
            @ForAll @LongRange(min = 1, max = 86_400_000) long size) {
        Windows any = new Windows(size, 0);

        assertThat(time).isBetween(any.startOf(time), any.endOf(time) - 1);
        assertThat(any.startOf(time) % size).isZero();
        assertThat(any.startOf(any.endOf(time))).isEqualTo(any.endOf(time));
    }

    @Test
    void aWindowWithoutLengthIsRefused() {
        assertThatThrownBy(() -> new Windows(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window 0 ms: a window must be longer than 0 (default 10s)");
        assertThatThrownBy(() -> new Windows(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNegativeLatenessIsRefused() {
        assertThatThrownBy(() -> new Windows(1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lateness -1 ms: lateness must be 0 or more (default 15s)");
    }
}
