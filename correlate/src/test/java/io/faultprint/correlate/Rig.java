package io.faultprint.correlate;

import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.topology.incidents.IncidentsTopology;
import io.faultprint.correlate.topology.signals.Brakes;
import io.faultprint.correlate.topology.signals.SignalsBounds;
import io.faultprint.correlate.topology.signals.SignalsSettings;
import io.faultprint.correlate.topology.signals.SignalsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Both applications on a real broker, without the stage around them, so that a test can do things to their clients.
 *
 * @param kafka the broker's address
 * @param directory for state
 */
record Rig(String kafka, Path directory) {

    Topics topics(String run) {
        return new Topics(kafka, run);
    }

    StreamsApp signals(String run, SignalsBounds bounds, Brakes brakes, KafkaClientSupplier clients) {
        SignalsSettings settings = new SignalsSettings(
                Windows.DEFAULT,
                Topics.PARTITIONS,
                1,
                AnalystSettings.defaults("test").withLearningWindows(6),
                Duration.ofSeconds(60),
                4,
                50,
                Duration.ofHours(24),
                bounds,
                SteeringRules.NONE);
        return new StreamsApp(
                "signals",
                SignalsTopology.build(settings, new Run("faultprint", run), AvroCodec.bundled(), new Board(), brakes),
                config(run),
                1,
                clients,
                new SimpleMeterRegistry());
    }

    StreamsApp incidents(String run, KafkaClientSupplier clients) {
        return new StreamsApp(
                "incidents",
                IncidentsTopology.build(
                        new Run("faultprint", run),
                        Topics.PARTITIONS,
                        Windows.DEFAULT,
                        IncidentSettings.DEFAULT,
                        "test",
                        AvroCodec.bundled(),
                        new SimpleMeterRegistry(),
                        new Board()),
                config(run),
                1,
                clients,
                new SimpleMeterRegistry());
    }

    private CorrelateConfig config(String run) {
        return ConfigLoader.of(
                CorrelateConfig.class,
                Map.of(
                        "kafka.bootstrap-servers",
                        kafka,
                        "run.id",
                        run,
                        "partitions.events",
                        String.valueOf(Topics.PARTITIONS),
                        "streams.state-dir",
                        directory.resolve("state-" + run).toString()));
    }
}
