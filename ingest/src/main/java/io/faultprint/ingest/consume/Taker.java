package io.faultprint.ingest.consume;

import io.faultprint.ingest.foreign.ForeignRecord;
import io.faultprint.ingest.foreign.Format;
import io.faultprint.ingest.foreign.Originals;
import io.faultprint.ingest.foreign.Reader;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.produce.DeadLetter;
import io.faultprint.ingest.produce.EventProducer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes events and dead letters of records and hands them to a producer. What comes of them its transaction says. */
final class Taker {

    private static final Callback COMMIT_SAYS = (metadata, problem) -> {};

    private final String door;
    private final Format format;
    private final Reader reader;
    private final Normaliser normaliser;
    private final long futureMillis;

    Taker(String door, TopicSettings topic, Normaliser normaliser, long futureMillis) {
        this.door = door;
        this.format = topic.format();
        this.reader = Format.reader(topic);
        this.normaliser = normaliser;
        this.futureMillis = futureMillis;
    }

    /** Counts of what was sent of one record, and its events alone once one was refused. */
    private static final class Count {
        private @Nullable Originals originals;
        private int events;
        private int letters;
        private int dropped;
    }

    /** Takes one record; none that stands in a topic, whatever it holds, stops a door. */
    Tally take(ConsumerRecord<byte[], byte[]> record, long now, EventProducer producer) {
        Count count = new Count();
        byte[] value = record.value();
        if (value == null) {
            letter(record, Cause.UNDECODABLE, "a record without a value", 0, new byte[0], producer, count);
        } else {
            ForeignRecord foreign = new ForeignRecord(text(record.key()), value, record.timestamp());
            Decoded decoded = reader.read(foreign);
            if (decoded instanceof Decoded.Request request) {
                request(record, foreign, request, now, producer, count);
            } else {
                letter(record, Cause.UNDECODABLE, why(decoded), 0, value, producer, count);
            }
        }
        return new Tally(count.events, count.letters, count.dropped);
    }

    private void request(
            ConsumerRecord<byte[], byte[]> record,
            ForeignRecord foreign,
            Decoded.Request request,
            long now,
            EventProducer producer,
            Count count) {
        // Where the broker sets the time of records, that is when it was received; else only we know.
        long receipt = record.timestampType() == TimestampType.LOG_APPEND_TIME ? record.timestamp() : now;
        Source source = new Source(door, receipt, null, futureMillis, false);
        normaliser.normalise(request.message(), source, outcome -> {
            if (outcome instanceof Outcome.Parsed parsed) {
                count.events++;
                producer.send(parsed, COMMIT_SAYS);
            } else if (outcome instanceof Outcome.Rejected rejected) {
                Originals originals = count.originals == null ? reader.originals(foreign) : count.originals;
                count.originals = originals;
                byte[] alone = originals.of(rejected.index(), rejected.original());
                letter(record, rejected.cause(), rejected.message(), rejected.index(), alone, producer, count);
            } else {
                count.dropped++;
            }
        });
        // Behind the others, so that no two letters of a record have one index.
        int index = count.events + count.letters + count.dropped;
        for (Decoded.Spoiled spoiled : request.spoiled()) {
            letter(record, Cause.MALFORMED_RECORD, spoiled.why(), index++, spoiled.original(), producer, count);
        }
    }

    private void letter(
            ConsumerRecord<byte[], byte[]> record,
            Cause cause,
            String why,
            int index,
            byte[] bytes,
            EventProducer producer,
            Count count) {
        count.letters++;
        String key = text(record.key());
        producer.send(
                new DeadLetter(
                        cause,
                        why,
                        door,
                        record.topic() + "-" + record.partition() + "@" + record.offset(),
                        index,
                        record.timestamp(),
                        format.contentType(),
                        key == null ? "" : key,
                        bytes,
                        null,
                        new DeadLetter.Coordinates(
                                record.topic(), record.partition(), record.offset(), record.key(), record.headers())),
                COMMIT_SAYS);
    }

    private static String why(Decoded decoded) {
        return decoded instanceof Decoded.Undecodable undecodable
                ? undecodable.why()
                : decoded instanceof Decoded.TooMany tooMany ? tooMany.why() : "there was no memory for it";
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
