package io.faultprint.watch;

import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance sees at one moment.
 *
 * @param reasons why it does not see up to now, likeliest origin first; empty when it does
 * @param watermark how far it has come, epoch milliseconds of event time; null where there is no such thing
 * @param lag records of its partitions that it has not read
 * @param openWindows windows with contents that are not closed
 */
public record Sight(List<PulseReason> reasons, @Nullable Long watermark, long lag, int openWindows) {

    /** A pulse is read by people and kept by the thousand: more reasons than these say nothing new. */
    static final int MOST_REASONS = 16;

    public Sight {
        // The order of the causes is that of origin.
        reasons = reasons.stream()
                .sorted(Comparator.comparing(PulseReason::getCause))
                .limit(MOST_REASONS)
                .toList();
    }

    /** The state that the reasons amount to: merely being behind is not blindness. */
    public PulseState state() {
        if (reasons.isEmpty()) {
            return PulseState.SEEING;
        }
        return reasons.stream().allMatch(reason -> reason.getCause() == PulseCause.BEHIND)
                ? PulseState.CATCHING_UP
                : PulseState.BLIND;
    }

    /** The same with one more reason. */
    public Sight with(PulseReason reason) {
        List<PulseReason> more = new ArrayList<>(reasons);
        more.add(reason);
        return new Sight(more, watermark, lag, openWindows);
    }
}
