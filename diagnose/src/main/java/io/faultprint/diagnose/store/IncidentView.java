package io.faultprint.diagnose.store;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Cluster;
import io.faultprint.incident.Incident;
import java.util.List;
import java.util.Optional;

/**
 * One incident with what is known around it.
 *
 * @param incident its latest revision
 * @param cluster the cluster it belongs to
 * @param diagnosis the diagnosis of that cluster
 * @param revisions its revisions, oldest first, at most a thousand
 */
public record IncidentView(
        Incident incident, Optional<Cluster> cluster, Optional<Diagnosis> diagnosis, List<Incident> revisions) {

    public IncidentView {
        revisions = List.copyOf(revisions);
    }
}
