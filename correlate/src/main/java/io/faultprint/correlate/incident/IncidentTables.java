package io.faultprint.correlate.incident;

import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.correlate.state.GraphEdge;
import io.faultprint.correlate.state.OpenIncident;
import io.faultprint.correlate.table.Table;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.IncidentSignature;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;

/**
 * Everything that is remembered between windows. Keys begin with the environment and a slash.
 *
 * @param graph edges of the service graph (run state)
 * @param abnormal services that look abnormal (run state)
 * @param surprises their surprises, each in its strongest window (run state)
 * @param signatures what they say (run state)
 * @param changes recent changes (run state)
 * @param open open incidents (run state)
 * @param clusters families of incidents (knowledge: it outlives a run)
 */
public record IncidentTables(
        Table<GraphEdge> graph,
        Table<AbnormalService> abnormal,
        Table<IncidentSurprise> surprises,
        Table<IncidentSignature> signatures,
        Table<ChangeRef> changes,
        Table<OpenIncident> open,
        Table<Cluster> clusters) {

    /** Tables that live on the heap alone. */
    public static IncidentTables onHeap() {
        return new IncidentTables(
                Table.onHeap(),
                Table.onHeap(),
                Table.onHeap(),
                Table.onHeap(),
                Table.onHeap(),
                Table.onHeap(),
                Table.onHeap());
    }
}
