package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machines beneath the pods: what their neighbours take, which zones are cut off, how far their clocks are off. */
final class Platform {

    private final Scenario scenario;
    private final Draw clocks;
    private final Map<String, Dial> drags = new LinkedHashMap<>();
    private final Map<String, Dial> cuts = new LinkedHashMap<>();
    private final Map<String, Long> offsets = new LinkedHashMap<>();

    Platform(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.clocks = new Draw(seed, "clocks");
    }

    String node(String service, int instance) {
        return scenario.nodes().of(service, instance);
    }

    String zone(String service, int instance) {
        return scenario.nodes().zone(service, instance);
    }

    /** By how much work on a node gets longer. */
    Dial drag(String node) {
        return drags.computeIfAbsent(node, each -> Dial.factor());
    }

    /** The share of calls into and out of a zone that are lost. */
    Dial cut(String zone) {
        return cuts.computeIfAbsent(zone, each -> Dial.share());
    }

    /** How far a node's clock is off, in nanoseconds: always the same for a node, as between two corrections. */
    long clockOffset(String node) {
        double jitter = scenario.telemetry().clockJitterMs();
        return jitter == 0
                ? 0
                : offsets.computeIfAbsent(
                        node, each -> Math.round((clocks.random().nextDouble() * 2 - 1) * jitter * 1e6));
    }
}
