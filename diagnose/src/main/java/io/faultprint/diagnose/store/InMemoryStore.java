package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** The store on the heap, for tests and for looking at a run without OpenSearch. Safe for many threads. */
public final class InMemoryStore implements IncidentStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, Document>> documents = new TreeMap<>();
    private final Run run;
    private final Indices indices;

    public InMemoryStore(Run run) {
        this.run = run;
        this.indices = new Indices(run);
    }

    @Override
    public void prepare() {
        // Nothing to set up.
    }

    @Override
    public synchronized List<Outcome> write(List<Document> batch) {
        return batch.stream().map(this::write).toList();
    }

    private Outcome write(Document document) {
        Map<String, Document> index = documents.computeIfAbsent(document.index(), name -> new HashMap<>());
        Document stored = index.get(document.id());
        if (stored != null && !wins(document, stored)) {
            return Bulk.settle(document, stored.version(), stored.hash());
        }
        index.put(document.id(), document);
        return Outcome.DONE;
    }

    private static boolean wins(Document document, Document stored) {
        return switch (document.rule()) {
            case ONCE -> false;
            case REVISION -> document.version() > stored.version();
            case NEWEST -> document.version() >= stored.version();
        };
    }

    @Override
    public synchronized List<Document> rows(List<Incident> incidents, List<Diagnosis> diagnoses) {
        Documents made = new Documents(run);
        Set<String> clusters =
                diagnoses.stream().map(Diagnosis::getCluster).collect(Collectors.toCollection(HashSet::new));
        Stream<Incident> ofClusters =
                all(indices.alias(Indices.INCIDENTS)).filter(it -> clusters.contains(String.valueOf(it.getCluster())));
        return Stream.concat(incidents.stream(), ofClusters)
                .distinct()
                .flatMap(it ->
                        made
                                .row(
                                        it,
                                        Optional.ofNullable(it.getCluster())
                                                .flatMap(this::diagnosis)
                                                .orElse(null))
                                .stream())
                .toList();
    }

    @Override
    public synchronized List<Incident> incidents(IncidentQuery query) {
        return all(indices.alias(Indices.INCIDENTS))
                .filter(it ->
                        query.environment().map(it.getEnvironment()::equals).orElse(true))
                .filter(it -> query.status().map(it.getStatus()::equals).orElse(true))
                .filter(it -> query.since().isEmpty()
                        || it.getOpened() >= query.since().getAsLong())
                .sorted(Comparator.comparingLong(Incident::getOpened).reversed().thenComparing(Incident::getId))
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized Optional<IncidentView> incident(String id) {
        return get(Indices.INCIDENTS, id, Incident.class).map(incident -> {
            Optional<String> cluster = Optional.ofNullable(incident.getCluster());
            return new IncidentView(
                    incident,
                    cluster.flatMap(it -> get(Indices.CLUSTERS, it, Cluster.class)),
                    cluster.flatMap(this::diagnosis),
                    revisions(id));
        });
    }

    @Override
    public synchronized Optional<Diagnosis> diagnosis(String cluster) {
        return get(Indices.DIAGNOSES, cluster, Diagnosis.class);
    }

    private List<Incident> revisions(String id) {
        String prefix = indices.alias(Indices.INCIDENT_REVISIONS) + "-";
        return documents.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .flatMap(this::all)
                .filter(it -> it.getId().equals(id))
                .sorted(Comparator.comparingInt(Incident::getRevision))
                .limit(IncidentQuery.MOST)
                .toList();
    }

    private Stream<Incident> all(String index) {
        return documents.getOrDefault(index, Map.of()).values().stream().map(it -> read(it, Incident.class));
    }

    private <T extends SpecificRecord> Optional<T> get(String name, String id, Class<T> type) {
        return Optional.ofNullable(
                        documents.getOrDefault(indices.alias(name), Map.of()).get(id))
                .map(document -> read(document, type));
    }

    private static <T extends SpecificRecord> T read(Document document, Class<T> type) {
        try {
            JsonNode json = JSON.readTree(document.json());
            return AvroJson.read(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized List<String> deleteBefore(LocalDate day) {
        List<String> old = documents.keySet().stream()
                .filter(name ->
                        indices.dayOf(name).filter(it -> it.isBefore(day)).isPresent())
                .toList();
        old.forEach(documents::remove);
        return old;
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
