package io.faultprint.scenario;

import io.faultprint.scenario.signal.OtlpJson;
import io.faultprint.scenario.signal.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signals of one stretch of time, by kind, as a collector holds them before it sends. */
final class Batch {

    private final List<Signal.Log> logs = new ArrayList<>();
    private final List<Signal.Point> points = new ArrayList<>();
    private final List<Signal.Span> spans = new ArrayList<>();
    private final List<Signal.Change> changes = new ArrayList<>();

    void add(Signal signal) {
        if (signal instanceof Signal.Log log) {
            logs.add(log);
        } else if (signal instanceof Signal.Point point) {
            points.add(point);
        } else if (signal instanceof Signal.Span span) {
            spans.add(span);
        } else if (signal instanceof Signal.Change change) {
            changes.add(change);
        }
    }

    /** The batch as JSON lines, one per kind that is not empty. */
    List<byte[]> lines() {
        var lines = new ArrayList<byte[]>(4);
        if (!changes.isEmpty()) {
            lines.add(OtlpJson.changes(changes));
        }
        if (!points.isEmpty()) {
            lines.add(OtlpJson.metrics(points));
        }
        if (!spans.isEmpty()) {
            lines.add(OtlpJson.spans(spans));
        }
        if (!logs.isEmpty()) {
            lines.add(OtlpJson.logs(logs));
        }
        return lines;
    }

    /** The batch as HTTP bodies by path, each with the number of events in it. */
    Map<String, Body> bodies() {
        Map<String, Body> bodies = new LinkedHashMap<>();
        if (!changes.isEmpty()) {
            bodies.put("/v1/changes", new Body(OtlpJson.changeArray(changes), changes.size()));
        }
        if (!points.isEmpty()) {
            bodies.put("/v1/metrics", new Body(OtlpJson.metrics(points), points.size()));
        }
        if (!spans.isEmpty()) {
            bodies.put("/v1/traces", new Body(OtlpJson.spans(spans), spans.size()));
        }
        if (!logs.isEmpty()) {
            bodies.put("/v1/logs", new Body(OtlpJson.logs(logs), logs.size()));
        }
        return bodies;
    }

    int logCount() {
        return logs.size();
    }

    int pointCount() {
        return points.size();
    }

    int spanCount() {
        return spans.size();
    }

    int changeCount() {
        return changes.size();
    }

    /** One request's worth. */
    static final class Body {
        final byte[] json;
        final int events;

        Body(byte[] json, int events) {
            this.json = json;
            this.events = events;
        }
    }
}
