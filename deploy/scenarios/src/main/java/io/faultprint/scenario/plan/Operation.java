package io.faultprint.scenario.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing a service can be asked to do.
 *
 * @param name an HTTP method and route, or the name of a message's processing
 * @param work time on a core of its own, before the calls
 * @param calls what it asks of others, in order
 * @param says what it logs when it went well
 * @param declines a business refusal that is no fault (a declined card, an unknown product), or null
 */
public record Operation(
        String name,
        Latency work,
        List<Call> calls,
        List<Line> says,
        @Nullable Decline declines) {

    /**
     * A refusal that belongs to healthy business.
     *
     * @param share how often
     * @param status the HTTP status of the answer, 400 to 499
     * @param text the warning it logs
     */
    public record Decline(double share, int status, String text) {}
}
