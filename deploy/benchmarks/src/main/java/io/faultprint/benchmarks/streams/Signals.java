package io.faultprint.benchmarks.streams;

import io.faultprint.benchmarks.measure.Stretch;
import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.topology.signals.SignalsSettings;
import io.faultprint.correlate.topology.signals.SignalsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.Topology;

/** The application {@code signals} over a recorded load. */
final class Signals {

    /** As a run of its own has them, and the digests in one. */
    static final Partitions PARTITIONS = new Partitions(4, 1);

    private static final AvroCodec CODEC = AvroCodec.bundled();

    private Signals() {}

    static String application(Run run) {
        return run.application("signals");
    }

    static Topology topology(Run run) {
        SignalsSettings settings = SignalsSettings.defaults(
                Windows.DEFAULT, PARTITIONS.events(), PARTITIONS.incidents(), AnalystSettings.defaults("benchmark"));
        return SignalsTopology.build(settings, run, CODEC, new Board());
    }

    /** Until every source has said that its last window is closed. */
    static Stretch drain(Drain drain, Run run, long events) {
        return drain.run(application(run), topology(run), run.topic(Topics.DIGESTS.name()), ended(), events);
    }

    private static Predicate<byte[]> ended() {
        Set<Integer> sources = new HashSet<>();
        return word -> {
            if (CODEC.decode(word) instanceof Tick tick && tick.getEnded()) {
                sources.add(tick.getSource());
            }
            return sources.size() == PARTITIONS.events();
        };
    }
}
