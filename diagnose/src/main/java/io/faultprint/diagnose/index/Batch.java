package io.faultprint.diagnose.index;

import io.faultprint.diagnose.index.DeadLetters.Letter;
import io.faultprint.diagnose.intake.Intake;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.Documents;
import io.faultprint.diagnose.store.Outcome;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll's records on their way into the store: what is still to be written, and what never can be. Settled when
 * nothing is left to write; only then may offsets be committed.
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private record Pending(Document document, ConsumerRecord<byte[], byte[]> source) {}

    private final IndexCounts counts;
    private final List<Letter> letters = new ArrayList<>();
    private List<Pending> pending = new ArrayList<>();
    private String trouble = "";

    Batch(IndexCounts counts) {
        this.counts = counts;
    }

    void add(ConsumerRecord<byte[], byte[]> record, Intake intake, Documents documents) {
        Intake.Read read = intake.read(record);
        if (read instanceof Intake.Read.Refused refused) {
            letters.add(new Letter(record, refused.refusal()));
        } else if (read instanceof Intake.Read.Value value) {
            try {
                for (Document document : documents.of(value.value())) {
                    pending.add(new Pending(document, record));
                }
            } catch (IllegalArgumentException e) {
                letters.add(new Letter(record, new Refusal(Cause.BAD_VALUE, String.valueOf(e.getMessage()))));
            }
        }
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
        counts.unsettled(again.size());
    }

    private void refuse(Pending item, String reason) {
        LOG.warn("{}: refused by the store: {}", item.document(), reason);
        boolean there = letters.stream().anyMatch(it -> it.record().equals(item.source()));
        if (!there) {
            letters.add(
                    new Letter(item.source(), new Refusal(Cause.REFUSED_BY_STORE, item.document() + ": " + reason)));
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
