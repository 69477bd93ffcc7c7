package io.faultprint.diagnose.index;

import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.store.LedgerDocuments;
import io.faultprint.letter.Horizon;
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

/**
 * Where events went: the loss equations of the ticks, and dead letters. A line of its own, because a flood of letters must
 * not stand before an incident. It makes no letters: of a letter that cannot be indexed another would be made without end, and
 * of a spoiled tick correlate makes one.
 */
public final class Ledger implements Line {

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
        if (record.topic().equals(letters)) {
            int bytes = record.value() == null ? 0 : record.value().length;
            batch.add(documents.letter(
                    record.partition(), record.offset(), record.timestamp(), record.headers(), bytes, redaction::of));
        } else if (record.partition() == 0 && record.value() != null) {
            // Each tick stands in every partition of the topic; one of them has all.
            tick(record, batch);
        }
    }

    private void tick(ConsumerRecord<byte[], byte[]> record, Batch batch) {
        try {
            if (codec.decode(record.value()) instanceof Tick tick
                    && TickChecks.check(tick, sources, windows, horizon, record.timestamp()) == null) {
                batch.add(documents.tick(tick, record.offset(), record.timestamp()));
            }
        } catch (MalformedRecord e) {
            batch.passedOver();
        }
    }
}
