package io.faultprint.settings;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.topic.Run;

/** The run a stage belongs to: keys {@code run.*}. */
public record RunSettings(
        @Default("faultprint") @About("first part of the names of topics, applications and indices")
        String prefix,

        @Default("") @About("id of a run of its own; empty for the long-lived one")
        String id) {

    public RunSettings {
        new Run(prefix, id);
    }

    /** The run itself. */
    public Run run() {
        return new Run(prefix, id);
    }
}
