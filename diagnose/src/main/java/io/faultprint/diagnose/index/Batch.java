package io.faultprint.diagnose.index;

import io.faultprint.diagnose.index.DeadLetters.Letter;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.Outcome;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.incident.Incident;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll's records on their way into the store: what is still to be written, and what never can be. Settled when
 * nothing is left to write; only then may offsets be committed.
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** A document without a source is made of several records: none of them can be refused for it. */
    private record Pending(Document document, @Nullable ConsumerRecord<byte[], byte[]> source) {}

    private final IndexCounts counts;
    private final String group;
    private final List<Letter> letters = new ArrayList<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, Diagnosis> diagnoses = new LinkedHashMap<>();
    private List<Pending> pending = new ArrayList<>();
    private String trouble = "";

    Batch(IndexCounts counts, String group) {
        this.counts = counts;
        this.group = group;
    }

    /** A record that can be used, and its documents. */
    void add(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, List<Document> documents) {
        documents.forEach(document -> pending.add(new Pending(document, record)));
        if (value instanceof Incident incident) {
            incidents.merge(incident.getId(), incident, (a, b) -> b.getRevision() >= a.getRevision() ? b : a);
        } else if (value instanceof Diagnosis diagnosis) {
            diagnoses.put(diagnosis.getCluster(), diagnosis);
        }
    }

    /** Documents of which no letter is made when the store refuses them. */
    void add(List<Document> documents) {
        documents.forEach(document -> pending.add(new Pending(document, null)));
    }

    /** A record that cannot be used. */
    void refuse(ConsumerRecord<byte[], byte[]> record, Refusal refusal) {
        letters.add(new Letter(record, refusal));
    }

    /** The latest revision of each incident in it. */
    List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    /** The latest record of each diagnosis in it. */
    List<Diagnosis> diagnoses() {
        return List.copyOf(diagnoses.values());
    }

    List<Document> toWrite() {
        return pending.stream().map(Pending::document).toList();
    }

    /** Takes in what became of {@link #toWrite}; what is to be retried stays, alone. */
    void settle(List<Outcome> outcomes) {
        List<Pending> again = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            Pending item = pending.get(i);
            Outcome outcome = outcomes.get(i);
            counts.count(outcome);
            if (outcome instanceof Outcome.Retry retry) {
                again.add(item);
                trouble = retry.reason();
            } else if (outcome instanceof Outcome.Refused refused) {
                refuse(item, refused.reason());
            } else if (outcome instanceof Outcome.Stale stale) {
                LOG.error("stale: {}", stale.reason());
            }
        }
        pending = again;
        counts.unsettled(group, again.size());
    }

    private void refuse(Pending item, String reason) {
        LOG.warn("{}: refused by the store: {}", item.document(), reason);
        ConsumerRecord<byte[], byte[]> source = item.source();
        if (source == null) {
            return;
        }
        boolean there = letters.stream().anyMatch(it -> it.record().equals(source));
        if (!there) {
            letters.add(new Letter(source, new Refusal(Cause.REFUSED_BY_STORE, item.document() + ": " + reason)));
        }
    }

    boolean settled() {
        return pending.isEmpty();
    }

    /** Why the last retried document has to be. */
    String trouble() {
        return trouble;
    }

    int waiting() {
        return pending.size();
    }

    List<Letter> letters() {
        return letters;
    }
}
