package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.state.CountRow;
import io.faultprint.correlate.state.LevelRow;
import org.jspecify.annotations.Nullable;

/** Where the baselines of one service are kept, by subject. */
public interface BaselineRows {

    /** The count baseline of a subject; null when there is none yet. */
    @Nullable
    CountRow count(String subject);

    /** Keeps the count baseline of a subject. */
    void put(String subject, CountRow row);

    /** The level baseline of a subject; null when there is none yet. */
    @Nullable
    LevelRow level(String subject);

    /** Keeps the level baseline of a subject. */
    void put(String subject, LevelRow row);
}
