package io.faultprint.benchmarks.state;

import io.faultprint.benchmarks.load.Digests;
import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.topology.incidents.IncidentsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Digest;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@code incidents} keeps of failures that are over: each a cluster of its own, of one service and one signature. */
final class IncidentsState {

    private static final int FAILING = 2;
    private static final int CALM = 10;

    private final AvroCodec codec = AvroCodec.bundled();
    private final Run run = new Run("benchmark", "state");
    private final String topic = run.topic(Topics.DIGESTS.name());

    /** So many failures in a row, each in a service of its own, with what else they leave behind. */
    long clusters(int count, Path folder) {
        try (DrivenApplication incidents = new DrivenApplication(
                IncidentsTopology.build(
                        run,
                        1,
                        Windows.DEFAULT,
                        IncidentSettings.DEFAULT,
                        "state",
                        codec,
                        new SimpleMeterRegistry(),
                        new Board()),
                folder)) {
            int window = 0;
            for (int failure = 0; failure < count; failure++) {
                for (int i = 0; i < FAILING + CALM; i++, window++) {
                    if (i < FAILING) {
                        Digest digest =
                                Digests.failing("prod", "service-" + failure, "sig2-%016x".formatted(failure), window);
                        incidents.read(topic, bytes("prod"), codec.encode(topic, digest));
                    }
                    incidents.read(topic, bytes(""), codec.encode(topic, Digests.closed(0, 1, window)));
                }
            }
            incidents.later();
            return incidents.bytes(IncidentsTopology.CLUSTERS_STORE);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
