package io.faultprint.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * One declared topic: everything about it that other parts rely on.
 *
 * @param name its short name, for example {@code logs}; a {@link Run} makes the full name
 * @param key what the key is made of, in words
 * @param group which of the two partition counts it has
 * @param retention how long its records stay
 * @param values the record types it may hold; empty where values are original bytes
 */
public record Topic(
        String name, String key, Group group, Retention retention, List<Class<? extends SpecificRecord>> values) {

    /** The two partition counts: everything before incidents, and incidents with all that follows. */
    public enum Group {
        EVENTS,
        INCIDENTS
    }

    /** How long records stay, and whether only the latest of a key does. */
    public enum Retention {
        /** Deleted after a week. */
        DELETE,
        /** Deleted after ninety days. */
        DELETE_LONG,
        /** The latest of each key stays. */
        COMPACT,
        /** The latest of each key stays; older revisions for at least a week, so that consumers see each of them. */
        COMPACT_AFTER_WEEK,
        /** The latest of each key stays, and it too goes after a week; kept short, so that reading all of it is quick. */
        LATEST_FOR_WEEK;

        /** The same as settings of a Kafka topic. */
        Map<String, String> settings() {
            return switch (this) {
                case DELETE -> Map.of("cleanup.policy", "delete", "retention.ms", days(7));
                case DELETE_LONG -> Map.of("cleanup.policy", "delete", "retention.ms", days(90));
                case COMPACT -> Map.of("cleanup.policy", "compact");
                case COMPACT_AFTER_WEEK -> Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", days(7));
                case LATEST_FOR_WEEK ->
                    Map.of(
                            "cleanup.policy",
                            "compact,delete",
                            "retention.ms",
                            days(7),
                            "segment.ms",
                            Long.toString(Duration.ofMinutes(10).toMillis()),
                            "min.cleanable.dirty.ratio",
                            "0.1");
            };
        }

        private static String days(int days) {
            return Long.toString(Duration.ofDays(days).toMillis());
        }
    }

    public Topic {
        values = List.copyOf(values);
    }
}
