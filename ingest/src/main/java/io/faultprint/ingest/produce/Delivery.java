package io.faultprint.ingest.produce;

import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.normalise.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of one request: collected first, so that their size is known before any is sent, then sent together and
 * settled together. One thread fills it; the acknowledgements come on the producer's.
 */
public final class Delivery {

    /** Bytes of memory of a record beside its key and value. */
    private static final long OVERHEAD = 100;

    private final EventProducer producer;
    private final LongPredicate room;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private int events;
    private int deadLetters;
    private int dropped;

    /** @param room asked for the bytes of each record before it is kept; false when there is no room for it */
    public Delivery(EventProducer producer, LongPredicate room) {
        this.producer = producer;
        this.room = room;
    }

    /** A record found no room; what was collected is given up. Unchecked, to pass through what feeds a delivery. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("a delivery found no room for its records", null, false, false);
        }
    }

    public void event(Outcome.Parsed parsed) {
        events++;
        add(producer.event(parsed));
    }

    public void deadLetter(DeadLetter letter) {
        deadLetters++;
        add(producer.deadLetter(letter));
    }

    public void dropped() {
        dropped++;
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
        if (settled.isCompletedExceptionally()) {
            // Given back as a whole already; a topic that cannot be looked up would cost two seconds for each record.
            settle(null);
            return;
        }
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
        String key = record.key();
        if (!room.test(record.value().length + (key == null ? 0 : key.length()) + OVERHEAD)) {
            records.clear();
            throw new Full();
        }
        records.add(record);
    }
}
