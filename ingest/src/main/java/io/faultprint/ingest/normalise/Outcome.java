package io.faultprint.ingest.normalise;

import io.faultprint.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** What became of one log record, metric point, span or change. */
public sealed interface Outcome {

    /** An event, ready for its topic. */
    record Parsed(Topic topic, String key, SpecificRecord event) implements Outcome {}

    /**
     * Something that cannot be used.
     *
     * @param original a whole OTLP request in protobuf with this record alone (a change: its JSON), so that it can be
     *     sent again once the cause is mended
     * @param key the key it would have had, or as much of it as is known
     * @param index its position within the request
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to Kafka as it is, never compared
    record Rejected(Cause cause, String message, byte[] original, String key, int index) implements Outcome {}

    /** Left out because a rule says so, for example a point flagged as "no recorded value". */
    record Dropped(String rule) implements Outcome {}
}
