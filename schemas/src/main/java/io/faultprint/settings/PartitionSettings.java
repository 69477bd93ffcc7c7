package io.faultprint.settings;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.topic.Partitions;

/** The partition counts, fixed for a run: keys {@code partitions.*}. */
public record PartitionSettings(
        @Default("4") @About("partitions of the event topics")
        int events,

        @Default("1") @About("partitions of digests, incidents and what follows")
        int incidents) {

    public PartitionSettings {
        Require.that(events >= 1, "events", "at least 1");
        Require.that(incidents >= 1, "incidents", "at least 1");
    }

    /** The counts themselves. */
    public Partitions partitions() {
        return new Partitions(events, incidents);
    }
}
