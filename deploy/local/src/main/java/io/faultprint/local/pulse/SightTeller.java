package io.faultprint.local.pulse;

import io.faultprint.pulse.PulseState;
import java.util.List;

/** Says when Faultprint goes blind, and when it sees again; while it starts, nothing for a minute. */
public final class SightTeller {

    private static final long STARTING_MILLIS = 60_000;

    private final long began;
    private boolean seenOnce;
    private boolean toldBlind;

    /** A teller of what begins at this time, epoch milliseconds. */
    public SightTeller(long began) {
        this.began = began;
    }

    /** The lines to print now; mostly none. */
    public List<String> tell(Verdict verdict, long now) {
        if (verdict.sees()) {
            seenOnce = true;
            if (toldBlind) {
                toldBlind = false;
                return List.of("Faultprint sees again.");
            }
        } else if (verdict.state() == PulseState.BLIND && !toldBlind && (seenOnce || now - began > STARTING_MILLIS)) {
            toldBlind = true;
            return List.of("Faultprint is blind: " + String.join("; ", verdict.why())
                    + ". Until it sees again, no incidents does not mean that all is well.");
        }
        return List.of();
    }
}
