package io.faultprint.correlate.topology.signals;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import java.util.List;
import java.util.Map;

/**
 * Changes and alerts on their way to one service, with as much of them as its snapshot tells: a change may name 256
 * services, and with it all of its paths would be written as many times.
 */
final class Routed {

    /** Changes, and alerts, of one service that a window tells. */
    static final int MOST = 20;

    /** Versions that a window tells apart: the least by name. */
    static final int VERSIONS = 8;

    /** Instances that a window counts. */
    static final int INSTANCES = 1_000;

    private static final int PATHS = 20;
    private static final int TEXT = 500;
    private static final int PATH = 200;

    private Routed() {}

    static ChangeEvent of(ChangeEvent change, String service) {
        return ChangeEvent.newBuilder(change)
                .setEnvelope(to(service, change.getEnvelope()))
                .setId(cut(change.getId(), TEXT))
                .setServices(List.of())
                .setWho(cut(change.getWho(), TEXT))
                .setWhat(cut(change.getWhat(), TEXT))
                .setVersionBefore(cut(change.getVersionBefore(), PATH))
                .setVersionAfter(cut(change.getVersionAfter(), PATH))
                .setLink(cut(change.getLink(), TEXT))
                .setCommits(List.of())
                .setChangedPaths(change.getChangedPaths().stream()
                        .limit(PATHS)
                        .map(path -> cut(path, PATH))
                        .toList())
                .build();
    }

    static AlertEvent of(AlertEvent alert, String service) {
        return AlertEvent.newBuilder(alert)
                .setEnvelope(to(service, alert.getEnvelope()))
                .setId(cut(alert.getId(), TEXT))
                .setName(cut(alert.getName(), PATH))
                .setServices(List.of())
                .setSummary(cut(alert.getSummary(), TEXT))
                .setLabels(Map.of())
                .build();
    }

    private static Envelope to(String service, Envelope envelope) {
        return Envelope.newBuilder(envelope).setService(service).build();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
