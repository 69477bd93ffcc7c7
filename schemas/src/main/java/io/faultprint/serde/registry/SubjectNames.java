package io.faultprint.serde.registry;

import io.faultprint.topic.Topic;
import org.apache.avro.Schema;

/**
 * How the subject of a record's schema is called, as Confluent's strategies of the same names do
 * (TopicRecordNameStrategy, RecordNameStrategy, TopicNameStrategy). Readers do not depend on it: they read by id.
 */
public enum SubjectNames {
    /** Topic and record: the compatibility of each record is watched in each topic. */
    TOPIC_RECORD,
    /** The record alone: one subject for all topics that hold it. */
    RECORD,
    /** The topic alone; where it holds several record types, they are versions of one subject. */
    TOPIC;

    /** Keeps every version readable by every later one. */
    static final String STRICT = "BACKWARD_TRANSITIVE";

    /** For a subject of several records, which cannot read one another. */
    static final String LOOSE = "NONE";

    /**
     * The subject for a record's schema in a topic.
     *
     * @param topic full name
     */
    public String of(String topic, Schema schema) {
        return switch (this) {
            case TOPIC_RECORD -> topic + "-" + schema.getFullName();
            case RECORD -> schema.getFullName();
            case TOPIC -> topic + "-value";
        };
    }

    /** The compatibility that a topic's subjects are to have. */
    String compatibility(Topic topic) {
        return this == TOPIC && topic.values().size() > 1 ? LOOSE : STRICT;
    }
}
