package io.faultprint.local;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.time.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --window TIME} and {@code --lateness TIME}: how event time is cut. */
final class WindowOptions {

    /** The two, read as configuration is, so that they are written and refused in the same way. */
    record Cut(
            @Default("10s") Duration window, @Default("15s") Duration lateness) {
        Cut {
            Require.that(
                    window.toMillis() >= 100 && window.toHours() < 24,
                    "window",
                    "a window must be from 100ms to below 1d");
            Require.that(!lateness.isNegative() && lateness.toHours() < 24, "lateness", "must be from 0s to below 1d");
        }
    }

    @Option(
            names = "--window",
            paramLabel = "TIME",
            description = "Length of a window, such as 1s where data is dense (default ${DEFAULT-VALUE}).")
    private String window = "10s";

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            description = "How long a window waits for events that come late (default ${DEFAULT-VALUE}).")
    private String lateness = "15s";

    Windows windows() {
        Cut cut = new ConfigLoader("", List.of(Cut.class))
                .load(List.of("--window=" + window, "--lateness=" + lateness), Map.of())
                .get(Cut.class);
        return new Windows(cut.window().toMillis(), cut.lateness().toMillis());
    }
}
