package io.faultprint.diagnose.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Letter;
import io.faultprint.letter.Refusal;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records, the same for both workers: what the indexer makes a dead letter of, the gate passes over, and nothing
 * else. Safe for many threads.
 */
public final class Intake {

    private final AvroCodec codec;
    private final Map<String, Topic> topics;
    private final RecordChecks checks;

    /** What a record held. */
    public sealed interface Read {

        /** A record that can be used. */
        record Value(SpecificRecord value) implements Read {}

        /** The end of a key in a compacted topic: nothing to do. */
        record Tombstone() implements Read {}

        /** One that cannot. */
        record Refused(Refusal refusal) implements Read {}
    }

    public Intake(AvroCodec codec, Run run) {
        this.codec = codec;
        this.topics =
                Topics.all().stream().collect(Collectors.toMap(topic -> run.topic(topic.name()), Function.identity()));
        this.checks = new RecordChecks(Horizon.of(run));
    }

    /** Reads a record of a topic of the run. */
    public Read read(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = topics.get(record.topic());
        if (topic == null) {
            throw new IllegalArgumentException("a record from " + record.topic() + ", which is no topic of this run");
        }
        if (record.value() == null) {
            return tombstones(topic)
                    ? new Read.Tombstone()
                    : new Read.Refused(new Refusal(Cause.MALFORMED, "the record has no value"));
        }
        SpecificRecord value;
        try {
            value = codec.decode(record.value());
        } catch (MalformedRecord e) {
            return new Read.Refused(new Refusal(Cause.MALFORMED, String.valueOf(e.getMessage())));
        }
        if (!topic.values().contains(value.getClass())) {
            return new Read.Refused(new Refusal(
                    Cause.WRONG_TYPE, value.getSchema().getFullName() + " does not belong into " + topic.name()));
        }
        Refusal refusal = checks.of(value, record.timestamp());
        refusal = refusal == null ? key(value, record.key()) : refusal;
        return refusal == null ? new Read.Value(value) : new Read.Refused(refusal);
    }

    private static boolean tombstones(Topic topic) {
        return topic.retention() == Topic.Retention.COMPACT || topic.retention() == Topic.Retention.COMPACT_AFTER_WEEK;
    }

    private static @Nullable Refusal key(SpecificRecord value, byte @Nullable [] key) {
        String wanted = RecordChecks.keyOf(value);
        String found = key == null ? null : new String(key, UTF_8);
        return wanted.equals(found)
                ? null
                : new Refusal(
                        Cause.BAD_KEY,
                        "the key is " + (found == null ? "none" : "'" + Letter.cut(found) + "'")
                                + ", its contents ask for '" + Letter.cut(wanted)
                                + "': the key decides what replaces it, so they must agree");
    }
}
