package io.faultprint.correlate;

import io.faultprint.correlate.incident.IncidentSettings;
import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.topology.incidents.IncidentsTopology;
import io.faultprint.correlate.topology.signals.Brakes;
import io.faultprint.correlate.topology.signals.SignalsSettings;
import io.faultprint.correlate.topology.signals.SignalsTopology;
import io.faultprint.correlate.watch.Board;
import io.faultprint.serde.AvroCodec;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.Topology;

/**
 * The two topologies that a configuration means: run by the stage on Kafka, and by an evaluation without it.
 *
 * @param config of the stage
 * @param codec records of topics
 * @param meters counts what bounds leave out
 */
public record CorrelateTopologies(CorrelateConfig config, AvroCodec codec, MeterRegistry meters) {

    Topology signals(Board board, Brakes brakes) {
        Topology topology = new Topology();
        signals(topology, board, brakes);
        return topology;
    }

    Topology incidents(Board board) {
        Topology topology = new Topology();
        incidents(topology, board);
        return topology;
    }

    /** Adds all of the application {@code signals}. */
    public void signals(Topology topology, Board board, Brakes brakes) {
        SignalsTopology.wire(topology, signalsSettings(), config.run().run(), codec, board, brakes);
    }

    /** Adds all of the application {@code incidents}. */
    public void incidents(Topology topology, Board board) {
        IncidentsTopology.wire(
                topology,
                config.run().run(),
                config.partitions().events(),
                config.window().windows(),
                incidentSettings(),
                config.fingerprint(),
                codec,
                meters,
                board);
    }

    private SignalsSettings signalsSettings() {
        CorrelateConfig.Signals signals = config.signals();
        return new SignalsSettings(
                config.window().windows(),
                config.partitions().events(),
                config.partitions().incidents(),
                AnalystSettings.defaults(config.fingerprint()).withLearningWindows(signals.learningWindows()),
                signals.traceWait(),
                signals.forms(),
                signals.operations(),
                signals.forgetAfter(),
                config.limits().bounds(config.streams().windowsAhead()),
                config.signatures().rules());
    }

    private IncidentSettings incidentSettings() {
        return IncidentSettings.DEFAULT
                .withStrengths(config.incidents().medium(), config.incidents().strong())
                .withCalmWindows(config.incidents().calmWindows());
    }
}
