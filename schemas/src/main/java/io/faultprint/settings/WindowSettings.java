package io.faultprint.settings;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.time.Windows;
import java.time.Duration;

/** How event time is cut, the same for every stage: keys {@code window.*}. */
public record WindowSettings(
        @Default("10s") @About("length of a window") Duration size,

        @Default("15s") @About("how long a window waits for events that come late")
        Duration lateness) {

    public WindowSettings {
        Require.that(size.toMillis() > 0, "size", "a window must be longer than 0 s");
        Require.that(!lateness.isNegative(), "lateness", "must not be negative");
    }

    /** The windows themselves. */
    public Windows windows() {
        return new Windows(size.toMillis(), lateness.toMillis());
    }
}
