package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.incident.Incidents;
import io.faultprint.correlate.state.SourceProgress;
import io.faultprint.correlate.watch.TaskFacts;
import io.faultprint.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** What a task of incidents says of itself to those who watch. */
record IncidentFacts(ProcessorContext<byte[], byte[]> context, Sources sources, Incidents incidents, Totals totals) {

    private static final List<String> STORES = List.of(
            IncidentsTopology.PENDING_STORE,
            IncidentsTopology.GRAPH_STORE,
            IncidentsTopology.ABNORMAL_STORE,
            IncidentsTopology.SURPRISES_STORE,
            IncidentsTopology.SIGNATURES_STORE,
            IncidentsTopology.CHANGES_STORE,
            IncidentsTopology.OPEN_STORE,
            IncidentsTopology.CLUSTERS_STORE);

    TaskFacts now() {
        List<SourceProgress> known = sources.all();
        int partition = context.taskId().partition();
        TaskFacts.Ticks ticks = new TaskFacts.Ticks(
                Topics.DIGESTS.name(),
                partition,
                known.isEmpty() ? 0 : known.get(0).getSources(),
                known.stream()
                        .map(it -> new TaskFacts.Source(it.getSource(), it.getUpTo(), it.getEnded()))
                        .toList());
        return new TaskFacts(
                "incidents-" + partition,
                List.of(),
                ticks,
                0,
                rows(),
                TaskFacts.Services.NONE,
                incidents.open(),
                totals.counted(Topics.DIGESTS.name()));
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String name : STORES) {
            rows.put(name, context.<KeyValueStore<?, ?>>getStateStore(name).approximateNumEntries());
        }
        return rows;
    }
}
