package io.faultprint.scenario.voice;

import io.faultprint.scenario.signal.Resource;
import io.faultprint.scenario.signal.Signal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Events of a Kubernetes cluster as an event exporter prints them: one JSON object per line. */
public final class ClusterLines {

    private final Resource exporter;

    /** The lines of one exporter. */
    public ClusterLines(Resource exporter) {
        this.exporter = exporter;
    }

    /**
     * One event about a pod.
     *
     * @param timeNanos when
     * @param type Normal or Warning
     * @param reason such as BackOff, OOMKilling, Unhealthy, Scheduled, Pulled, Started
     * @param pod whom it is about
     * @param message in words
     */
    public Signal.Log event(long timeNanos, String type, String reason, Resource pod, String message) {
        String time = Instant.ofEpochSecond(0, timeNanos)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        String body = "{\"type\":\"" + type + "\",\"reason\":\"" + reason + "\",\"message\":" + Traces.quoted(message)
                + ",\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"" + exporter.environment() + "\",\"name\":\""
                + pod.pod() + "\"},\"source\":{\"component\":\""
                + (reason.equals("Scheduled") ? "default-scheduler" : "kubelet") + "\",\"host\":\"" + pod.host()
                + "\"},\"lastTimestamp\":\"" + time + "\"}";
        return new Signal.Log(exporter, timeNanos, 0, null, body, null, null, Map.of());
    }
}
