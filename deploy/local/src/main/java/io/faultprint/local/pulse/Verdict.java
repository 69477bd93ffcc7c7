package io.faultprint.local.pulse;

import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseState;
import java.util.List;

/**
 * Whether Faultprint as a whole sees.
 *
 * @param state SEEING only when every instance sees and no stage is without one; never STOPPED
 * @param instances every instance that was heard of, by stage and name
 * @param why what keeps it from seeing, in words; empty when it sees
 */
public record Verdict(PulseState state, List<Instance> instances, List<String> why) {

    /** One instance, its last words and how it is. */
    public record Instance(Pulse pulse, Condition condition) {}

    public Verdict {
        instances = List.copyOf(instances);
        why = List.copyOf(why);
    }

    /** Whether every instance sees and no stage is missing. */
    public boolean sees() {
        return state == PulseState.SEEING;
    }
}
