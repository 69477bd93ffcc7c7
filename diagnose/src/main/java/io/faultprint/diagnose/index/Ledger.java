package io.faultprint.diagnose.index;

import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.LedgerDocuments;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Letter;
import io.faultprint.letter.TickChecks;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where events went: the loss equations of the ticks, and dead letters. A line of its own, because a flood of letters must
 * not stand before an incident. It makes no letters: of a letter that cannot be indexed another would be made without end, and
 * of a spoiled tick correlate makes one.
 */
public final class Ledger implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final AvroCodec codec;
    private final int sources;
    private final Windows windows;
    private final Horizon horizon;
    private final Redaction redaction;
    private final LedgerDocuments documents;
    private final String letters;

    /**
     * The ledger of a run.
     *
     * @param sources how many partitions give ticks
     */
    public Ledger(AvroCodec codec, Run run, int sources, Windows windows, Redaction redaction) {
        this.codec = codec;
        this.sources = sources;
        this.windows = windows;
        this.horizon = Horizon.of(run);
        this.redaction = redaction;
        this.documents = new LedgerDocuments(run);
        this.letters = run.topic(Topics.DEAD_LETTERS.name());
    }

    @Override
    public String group() {
        return "diagnose-ledger";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topics.DIGESTS, Topics.DEAD_LETTERS);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record, Batch batch) {
        try {
            batch.add(record.topic().equals(letters) ? letter(record) : tick(record));
        } catch (MalformedRecord | IllegalArgumentException e) {
            // Of a topic that somebody made by hand the time may be the sender's, and one that names no day.
            LOG.warn(
                    "{}-{} at {} is not filed: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    Letter.cut(String.valueOf(e.getMessage())));
        }
    }

    private List<Document> letter(ConsumerRecord<byte[], byte[]> record) {
        int bytes = record.value() == null ? 0 : record.value().length;
        return documents.letter(
                record.partition(), record.offset(), record.timestamp(), record.headers(), bytes, redaction::of);
    }

    /** Each tick stands in every partition of the topic; one of them has all. */
    private List<Document> tick(ConsumerRecord<byte[], byte[]> record) {
        if (record.partition() == 0
                && record.value() != null
                && codec.decode(record.value()) instanceof Tick tick
                && TickChecks.check(tick, sources, windows, horizon, record.timestamp()) == null) {
            return documents.tick(tick, record.offset(), record.timestamp());
        }
        return List.of();
    }
}
