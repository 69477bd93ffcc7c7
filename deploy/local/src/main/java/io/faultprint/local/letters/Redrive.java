package io.faultprint.local.letters;

import io.faultprint.letter.Letter;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends letters back to where they came from, each at most once. Who begins shuts out whoever began before, through one
 * transactional id, and only then reads which letters were sent: so two at once never send the same one. What goes to a
 * topic commits together with its mark; what goes to a door is marked before it is sent and after.
 */
public final class Redrive implements AutoCloseable {

    /** What became of one letter. */
    public sealed interface Result {

        record Sent(String words) implements Result {}

        /** It was sent before, or the same record is another letter. */
        record Skipped(String why) implements Result {}

        record Failed(String why) implements Result {}
    }

    private final LetterBox box;
    private final Judge judge;
    private final @Nullable DoorCall door;
    private final InstantSource clock;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LetterBox.Letters letters;
    private final Map<String, LetterId> firstOfRecord = new HashMap<>();

    /**
     * Takes over from any other redrive of the run, and reads what is there.
     *
     * @param door base address of ingest; null when there is none
     */
    public Redrive(
            Map<String, Object> client,
            Run run,
            LetterBox box,
            Judge judge,
            @Nullable String door,
            InstantSource clock) {
        this.box = box;
        this.judge = judge;
        this.door = door == null ? null : new DoorCall(door);
        this.clock = clock;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("transactional.id", run.application("redrive"));
        settings.put("transaction.timeout.ms", 15_000);
        settings.put("acks", "all");
        settings.put("max.block.ms", 20_000);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            this.letters = box.readToTheEnd();
        } catch (RuntimeException failure) {
            producer.close();
            throw failure;
        }
        letters.all().forEach(letter -> firstOfRecord.putIfAbsent(record(letter), letter.id()));
    }

    /**
     * What was refused. A stage that died between its letter and its offset writes the letter again: one record, two
     * letters. Of a record that holds several events each has a letter, with its index.
     */
    private static String record(StoredLetter letter) {
        return letter.origin() instanceof Origin.Place place
                ? letter.stage() + " " + place + " "
                        + letter.headers().number(Letter.INDEX).orElse(0)
                : letter.id().toString();
    }

    /** What is there, as of the take-over. */
    public LetterBox.Letters letters() {
        return letters;
    }

    /**
     * Sends one letter, or only says what would be done.
     *
     * @param again also when it was sent before
     * @throws org.apache.kafka.common.errors.ProducerFencedException when another redrive has taken over
     */
    public Result send(StoredLetter letter, boolean again, boolean dry) throws InterruptedException {
        Mark mark = letters.marks().of(letter.id());
        if (mark != null && !again && mark.state() != Mark.State.RETURNED) {
            return new Result.Skipped(
                    mark.state() == Mark.State.SENT
                            ? "was sent before; --again sends it once more"
                            : "may have been sent: a redrive ended before the door had answered; --again sends it once"
                                    + " more");
        }
        LetterId first = firstOfRecord.getOrDefault(record(letter), letter.id());
        if (!first.equals(letter.id()) && !again) {
            return new Result.Skipped("is the same record as " + first + "; redrive that one");
        }
        ConsumerRecord<byte[], byte[]> record = box.get(letter.id());
        Verdict verdict = judge.of(letter, record.key());
        long count = letters.marks().sent(letter.id()) + 1;
        if (verdict instanceof Verdict.ToTopic to) {
            return dry ? new Result.Sent("would go to " + words(to)) : toTopic(letter, record, to, count);
        }
        if (verdict instanceof Verdict.ToDoor to) {
            if (door == null) {
                return new Result.Failed("it came by " + letter.origin()
                        + " and no door is known; start faultprint up on" + " the data directory, or give --door URL");
            }
            return dry ? new Result.Sent("would be posted to " + to.path()) : toDoor(letter, record, to, count, door);
        }
        return new Result.Failed(((Verdict.No) verdict).why());
    }

    private static String words(Verdict.ToTopic to) {
        return to.place().topic() + "-" + to.place().partition();
    }

    private Result toTopic(StoredLetter letter, ConsumerRecord<byte[], byte[]> record, Verdict.ToTopic to, long count) {
        Headers headers = own(record.headers());
        StoredLetter.Redriven before = letter.redriven();
        Letter.add(headers, Letter.REDRIVEN_FROM, letter.id().toString());
        Letter.add(headers, Letter.REDRIVEN_COUNT, Long.toString(count + (before == null ? 0 : before.count())));
        Map<String, ProducerRecord<byte[], byte[]>> both = new LinkedHashMap<>();
        both.put(
                "record",
                new ProducerRecord<>(
                        to.place().topic(),
                        to.place().partition(),
                        time(letter),
                        key(record),
                        record.value(),
                        headers));
        both.put("mark", mark(letter, count, Mark.State.SENT));
        commit(List.copyOf(both.values()));
        return new Result.Sent("sent to " + words(to));
    }

    /** A foreign record's own time, which is also that of its events that show none; our topics have the broker's. */
    private static @Nullable Long time(StoredLetter letter) {
        long time = letter.headers().number(Letter.TIME).orElse(-1);
        return letter.stage().equals("ingest") && time >= 0 ? (Long) time : null;
    }

    private static byte @Nullable [] key(ConsumerRecord<byte[], byte[]> letter) {
        Header own = letter.headers().lastHeader(Letter.KEY);
        return own == null ? letter.key() : own.value();
    }

    private Result toDoor(
            StoredLetter letter, ConsumerRecord<byte[], byte[]> record, Verdict.ToDoor to, long count, DoorCall call)
            throws InterruptedException {
        byte[] value = record.value();
        StoredLetter.Redriven before = letter.redriven();
        String batch = StoredLetter.batch(letter.id(), count + (before == null ? 0 : before.count()));
        commit(List.of(mark(letter, count, Mark.State.BEGUN)));
        DoorCall.Outcome outcome = call.post(to, value == null ? new byte[0] : value, batch);
        if (outcome instanceof DoorCall.Outcome.Taken taken) {
            commit(List.of(mark(letter, count, Mark.State.SENT)));
            return new Result.Sent(taken.words());
        }
        if (outcome instanceof DoorCall.Outcome.Returned returned) {
            commit(List.of(mark(letter, count, Mark.State.RETURNED)));
            return new Result.Failed(returned.why());
        }
        return new Result.Failed(((DoorCall.Outcome.Unsure) outcome).why() + ": it may have been taken");
    }

    private ProducerRecord<byte[], byte[]> mark(StoredLetter letter, long count, Mark.State state) {
        Mark mark = new Mark(letter.id().toString(), count, state);
        letters.marks().add(mark);
        return mark.record(box.topic(), letter.id(), clock.millis());
    }

    /** The record's own headers, without ours. */
    private static Headers own(Headers all) {
        Headers own = new RecordHeaders();
        all.forEach(header -> {
            if (!header.key().startsWith(Letter.PREFIX)) {
                own.add(header);
            }
        });
        return own;
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException refused) {
                throw refused.getCause() instanceof KafkaException cause
                        ? cause
                        : new KafkaException(refused.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptException(stopped);
            }
        }
        producer.commitTransaction();
    }

    /** The topic that letters are redriven from. */
    public static boolean redrivable(io.faultprint.topic.Topic topic) {
        return topic.equals(Topics.DEAD_LETTERS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
