package io.faultprint.correlate.incident;

import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.snapshot.Digest;
import io.faultprint.time.Windows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Incidents over heap tables, fed window by window, with everything that came out. */
public final class Told {

    private final Map<Bound, Integer> left = new EnumMap<>(Bound.class);
    private final Incidents incidents;
    private final List<SpecificRecord> out = new ArrayList<>();

    public Told() {
        this(IncidentSettings.DEFAULT);
    }

    public Told(IncidentSettings settings) {
        incidents = new Incidents(
                IncidentTables.onHeap(),
                settings,
                Windows.DEFAULT,
                "test",
                (bound, count) -> left.merge(bound, count, Integer::sum));
    }

    /** One window with these digests. */
    public Told window(int number, Story.Telling... tellings) {
        return window(number, false, tellings);
    }

    public Told blindWindow(int number, Story.Telling... tellings) {
        return window(number, true, tellings);
    }

    /** Windows without anything. */
    public Told calm(int from, int to) {
        for (int number = from; number < to; number++) {
            window(number);
        }
        return this;
    }

    public Told dataEnds(int lastWindow) {
        out.addAll(incidents.finish(Story.PROD, Story.at(lastWindow)));
        return this;
    }

    public List<Incident> revisions() {
        return out.stream()
                .filter(Incident.class::isInstance)
                .map(Incident.class::cast)
                .toList();
    }

    public List<Cluster> clusters() {
        return out.stream()
                .filter(Cluster.class::isInstance)
                .map(Cluster.class::cast)
                .toList();
    }

    /** The latest revision of each incident, in the order in which they were opened. */
    public List<Incident> latest() {
        Map<String, Incident> latest = new LinkedHashMap<>();
        revisions().forEach(i -> latest.put(i.getId(), i));
        return List.copyOf(latest.values());
    }

    public int left(Bound bound) {
        return left.getOrDefault(bound, 0);
    }

    private Told window(int number, boolean blind, Story.Telling... tellings) {
        List<Digest> digests = new ArrayList<>();
        for (Story.Telling telling : tellings) {
            digests.add(telling.digest());
        }
        out.addAll(incidents.evaluate(Story.PROD, Story.at(number), blind, digests));
        return this;
    }
}
