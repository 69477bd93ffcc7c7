package io.faultprint.ingest.produce;

import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.normalise.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of one request: collected first, so that their size is known before any is sent, then sent together and
 * settled together. One thread fills it; the acknowledgements come on the producer's.
 */
public final class Delivery {

    private final EventProducer producer;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private long bytes;
    private int events;
    private int deadLetters;
    private int dropped;

    public Delivery(EventProducer producer) {
        this.producer = producer;
    }

    public void event(Outcome.Parsed parsed) {
        add(producer.event(parsed));
        events++;
    }

    public void deadLetter(DeadLetter letter) {
        add(producer.deadLetter(letter));
        deadLetters++;
    }

    public void dropped() {
        dropped++;
    }

    /** Bytes of keys and values of all its records. */
    public long bytes() {
        return bytes;
    }

    /** What is in it. */
    public Tally tally() {
        return new Tally(events, deadLetters, dropped);
    }

    /**
     * Sends everything. The future ends when Kafka has acknowledged every record, or fails with the first refusal; it
     * ends on the producer's own thread, which must not be kept.
     */
    public CompletableFuture<Void> send() {
        outstanding.set(records.size() + 1);
        for (ProducerRecord<String, byte[]> record : records) {
            sendOne(record);
        }
        records.clear();
        settle(null);
        return settled;
    }

    /** Most problems come to the callback; a closed or interrupted producer throws instead. */
    private void sendOne(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record, (metadata, problem) -> settle(problem));
        } catch (RuntimeException refused) {
            settle(refused);
        }
    }

    private void settle(@org.jspecify.annotations.Nullable Exception problem) {
        if (problem != null) {
            settled.completeExceptionally(problem);
        }
        if (outstanding.decrementAndGet() == 0) {
            settled.complete(null);
        }
    }

    private void add(ProducerRecord<String, byte[]> record) {
        records.add(record);
        bytes +=
                record.value().length + (record.key() == null ? 0 : record.key().length()) + 100;
    }
}
