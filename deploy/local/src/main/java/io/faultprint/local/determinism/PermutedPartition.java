package io.faultprint.local.determinism;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.serde.AvroCodec;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One partition's records with events out of order: each stands where it may have come when it was later than its time
 * by less than the lateness. Heartbeats keep their order, and what was late stays late.
 */
final class PermutedPartition {

    private static final AvroCodec CODEC = AvroCodec.bundled();

    private record Moved(long at, long number, ConsumerRecord<byte[], byte[]> record) implements Comparable<Moved> {
        @Override
        public int compareTo(Moved other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final Iterator<ConsumerRecord<byte[], byte[]>> source;
    private final Consumer<ConsumerRecord<byte[], byte[]>> out;
    private final Random random;
    private final long latenessMillis;
    private final PriorityQueue<Moved> waiting = new PriorityQueue<>();
    private long watermark = Long.MIN_VALUE;
    private long lastBeat = Long.MIN_VALUE;
    private long number;

    PermutedPartition(
            Iterator<ConsumerRecord<byte[], byte[]>> source,
            Consumer<ConsumerRecord<byte[], byte[]>> out,
            Random random,
            long latenessMillis) {
        this.source = source;
        this.out = out;
        this.random = random;
        this.latenessMillis = latenessMillis;
    }

    /** How far it has come. */
    long at() {
        return watermark;
    }

    /** Reads up to the next heartbeat, and hands out what nothing can come before any more; false at the end. */
    boolean step() {
        while (source.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = source.next();
            SpecificRecord value = CODEC.decode(record.value());
            if (value instanceof Heartbeat beat) {
                watermark = beat.getWatermark();
                lastBeat = beat.getFinal$() ? Long.MAX_VALUE : watermark + latenessMillis;
                waiting.add(new Moved(lastBeat, number++, record));
                handOut(watermark);
                return true;
            }
            long time =
                    ((Envelope) value.get(value.getSchema().getField("envelope").pos())).getEventTime();
            boolean late = time < watermark;
            long at = late ? lastBeat : time + random.nextLong(Math.max(1, latenessMillis));
            waiting.add(new Moved(at, number++, record));
        }
        while (!waiting.isEmpty()) {
            out.accept(waiting.remove().record());
        }
        return false;
    }

    /** Events that are still to come are not earlier than the watermark. */
    private void handOut(long before) {
        while (!waiting.isEmpty() && waiting.element().at() < before) {
            out.accept(waiting.remove().record());
        }
    }
}
