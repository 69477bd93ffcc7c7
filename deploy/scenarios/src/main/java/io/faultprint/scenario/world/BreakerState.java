package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.Breaker;
import java.util.Arrays;

/** A circuit breaker at work: closed, open for a while once too many of the last calls have failed, then one on trial. */
final class BreakerState {

    private static final int REMEMBERED = 20;
    private static final int AT_LEAST = 10;

    private final Breaker spec;
    private final boolean[] failures = new boolean[REMEMBERED];
    private long seen;
    private int failed;
    private long openUntil;
    private boolean onTrial;

    BreakerState(Breaker spec) {
        this.spec = spec;
    }

    /** Whether a call may go out now. */
    boolean permits(long nowNanos) {
        if (openUntil == 0) {
            return true;
        }
        if (nowNanos < openUntil || onTrial) {
            return false;
        }
        onTrial = true;
        return true;
    }

    void answered(boolean failure, long nowNanos) {
        if (openUntil > 0) {
            onTrial = false;
            openUntil = failure ? nowNanos + Math.round(spec.seconds() * 1e9) : 0;
            if (!failure) {
                forget();
            }
            return;
        }
        int slot = (int) (seen++ % REMEMBERED);
        failed += (failure ? 1 : 0) - (failures[slot] ? 1 : 0);
        failures[slot] = failure;
        long known = Math.min(seen, REMEMBERED);
        if (known >= AT_LEAST && failed >= spec.share() * known) {
            openUntil = nowNanos + Math.round(spec.seconds() * 1e9);
        }
    }

    private void forget() {
        seen = 0;
        failed = 0;
        Arrays.fill(failures, false);
    }
}
