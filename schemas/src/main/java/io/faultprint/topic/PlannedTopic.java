package io.faultprint.topic;

import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;

/**
 * One topic as it should be, and how it stands with the broker.
 *
 * @param name its full name
 * @param partitions how many it should have
 * @param settings its configuration, as Kafka names it
 * @param found how many partitions it has; 0 when it is not there
 */
public record PlannedTopic(String name, int partitions, Map<String, String> settings, int found) {

    public PlannedTopic {
        settings = Map.copyOf(settings);
    }

    /** As it should be; how it stands is not known yet. */
    public static PlannedTopic of(String name, int partitions, Map<String, String> settings) {
        return new PlannedTopic(name, partitions, settings, 0);
    }

    PlannedTopic found(@Nullable TopicDescription present) {
        return new PlannedTopic(
                name,
                partitions,
                settings,
                present == null ? 0 : present.partitions().size());
    }

    public boolean missing() {
        return found == 0;
    }

    /** There, but with another count: it cannot be mended in place. */
    public boolean conflicting() {
        return !missing() && found != partitions;
    }
}
