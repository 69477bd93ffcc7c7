package io.faultprint.diagnose.store;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Where documents are kept and read back. A view: everything in it can be written again from the topics. */
public interface IncidentStore extends AutoCloseable {

    /**
     * Sets up templates, indices and aliases where they are missing; safe to repeat.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    void prepare();

    /**
     * Writes these documents, where {@link #prepare} has been done or can be done now; one outcome for each, in their
     * order. Never throws for a store that is away. Ends early when its thread is interrupted.
     */
    List<Outcome> write(List<Document> documents);

    /**
     * The rows that show incidents together with their diagnoses, as both are in the store now: of these incidents, and of
     * all incidents whose cluster has one of these diagnoses. When both sides do so after their own write, one of them
     * sees the other.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    List<Document> rows(List<Incident> incidents, List<Diagnosis> diagnoses);

    /**
     * The incidents that a query asks for, newest first.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    List<Incident> incidents(IncidentQuery query);

    /**
     * One incident with its cluster, diagnosis and revisions.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    Optional<IncidentView> incident(String id);

    /**
     * The diagnosis of a cluster.
     *
     * @throws StoreUnavailable when the store does not answer
     */
    Optional<Diagnosis> diagnosis(String cluster);

    /**
     * Deletes the dated indices of this run whose day is before this one.
     *
     * @return the names of the deleted indices, sorted
     * @throws StoreUnavailable when the store does not answer
     */
    List<String> deleteBefore(LocalDate day);

    @Override
    void close();
}
