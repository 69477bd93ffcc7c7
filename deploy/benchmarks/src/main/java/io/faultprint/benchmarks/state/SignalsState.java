package io.faultprint.benchmarks.state;

import io.faultprint.benchmarks.load.Events;
import io.faultprint.benchmarks.load.Events.Keyed;
import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.topology.signals.SignalsSettings;
import io.faultprint.correlate.topology.signals.SignalsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.event.Envelope;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code signals} keeps after twenty windows, of which the first twelve are learned from, with all of them closed. */
final class SignalsState {

    private static final Windows WINDOWS = Windows.DEFAULT;
    private static final int WINDOW_COUNT = 20;
    private static final long BEGIN = WINDOWS.startOf(1_700_000_000_000L);

    private final AvroCodec codec = AvroCodec.bundled();
    private final Run run = new Run("benchmark", "state");
    private final List<Keyed> window = new ArrayList<>();
    private int position;

    /** What happens in a window. */
    private interface Happening {
        void in(int number, long time);
    }

    /** So many services, each with one signature. */
    long services(int count, Path folder) {
        return fill(folder, (number, time) -> {
            for (int service = 0; service < count; service++) {
                line("service-" + service, time, "ready to serve");
            }
        });
    }

    /** One service with so many series of gauges. */
    long series(int count, Path folder) {
        return fill(folder, (number, time) -> {
            line("service", time, "ready to serve");
            for (int series = 0; series < count; series++) {
                // Values that move a little, as real ones do: what never moves is kept in fewer bytes.
                double value = 100 + (series * 7 + number * 13) % 10;
                window.add(Events.gauge(envelope("service", time), "gauge." + name(series), value));
            }
        });
    }

    /** One service with so many signatures. */
    long signatures(int count, Path folder) {
        return fill(folder, (number, time) -> {
            for (int signature = 0; signature < count; signature++) {
                line(
                        "service",
                        time,
                        "the " + name(signature) + " of " + name(signature * 31 + 7) + " took " + number + " ms");
            }
        });
    }

    private void line(String service, long time, String body) {
        window.add(Events.log(envelope(service, time), body, "main"));
    }

    private Envelope envelope(String service, long time) {
        return Events.envelope(service, service + "-0", time, position++);
    }

    /** A word of letters alone: what holds a digit would be taken for a variable. */
    private static String name(int number) {
        StringBuilder name = new StringBuilder();
        for (int rest = number; name.length() < 6; rest /= 26) {
            name.append((char) ('a' + rest % 26));
        }
        return name.toString();
    }

    private long fill(Path folder, Happening happening) {
        SignalsSettings settings = SignalsSettings.defaults(WINDOWS, 1, 1, AnalystSettings.defaults("state"));
        try (DrivenApplication signals =
                new DrivenApplication(SignalsTopology.build(settings, run, codec, new Board()), folder)) {
            for (int number = 0; number < WINDOW_COUNT; number++) {
                long start = BEGIN + number * WINDOWS.sizeMillis();
                window.clear();
                happening.in(number, start);
                window.forEach(event -> read(signals, event));
                beat(signals, start + WINDOWS.sizeMillis());
            }
            // What is known of senders' batches is forgotten with the next word of the door.
            beat(signals, BEGIN + (WINDOW_COUNT + 1) * WINDOWS.sizeMillis());
            signals.later();
            return signals.bytes();
        }
    }

    private void read(DrivenApplication signals, Keyed event) {
        String topic = run.topic(event.topic().name());
        signals.read(topic, event.key().getBytes(StandardCharsets.UTF_8), codec.encode(topic, event.value()));
    }

    private void beat(DrivenApplication signals, long watermark) {
        for (Topic each : Topics.eventTopics()) {
            String topic = run.topic(each.name());
            signals.read(topic, null, codec.encode(topic, Events.beat(BEGIN, watermark, false)));
        }
    }
}
