package io.faultprint.correlate.topology.signals;

import io.faultprint.letter.Cause;
import io.faultprint.letter.Horizon;
import io.faultprint.letter.Refusal;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.LatencyBucket;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.time.Windows;
import io.faultprint.topic.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a partial must be before it is added to a window. */
final class PartialChecks {

    private static final int NAME = 1 << 10;
    private static final int TEXT = 8 << 10;
    private static final int BUCKETS = 1 << 10;

    private final int sources;
    private final Windows windows;
    private final Horizon horizon;

    PartialChecks(int sources, Windows windows, Horizon horizon) {
        this.sources = sources;
        this.windows = windows;
        this.horizon = horizon;
    }

    /** Null when it can be. */
    @Nullable
    Refusal of(SpanPartial spans, @Nullable String key, long appended) {
        Refusal refusal =
                place(spans.getEnvironment(), spans.getService(), spans.getSource(), spans.getWindowStart(), appended);
        if (refusal == null
                && (spans.getOperation().length() > TEXT || spans.getErrorText().length() > TEXT)) {
            refusal = value("an operation or error text of more than " + TEXT + " characters");
        }
        if (refusal == null) {
            refusal = sums(spans.getCount(), spans.getErrors(), spans.getDurationSumNanos());
        }
        if (refusal == null) {
            refusal = buckets(spans.getLatency());
        }
        return refusal == null
                ? Fitness.sameKey(Keys.service(spans.getEnvironment(), spans.getService()), key)
                : refusal;
    }

    /** Null when it can be. */
    @Nullable
    Refusal of(EdgePartial edge, @Nullable String key, long appended) {
        Refusal refusal =
                place(edge.getEnvironment(), edge.getService(), edge.getSource(), edge.getWindowStart(), appended);
        if (refusal == null && (edge.getCallee().isEmpty() || edge.getCallee().length() > NAME)) {
            refusal = value("a callee's name has 1 to " + NAME + " characters");
        }
        if (refusal == null) {
            refusal = sums(edge.getCount(), edge.getErrors(), edge.getDurationSumNanos());
        }
        return refusal == null ? Fitness.sameKey(Keys.service(edge.getEnvironment(), edge.getService()), key) : refusal;
    }

    private @Nullable Refusal place(String environment, String service, int source, long windowStart, long appended) {
        if (environment.isEmpty()
                || environment.indexOf('/') >= 0
                || environment.length() > NAME
                || service.isEmpty()
                || service.length() > NAME) {
            return value("a partial of environment '" + environment + "', service '" + service + "': both have 1 to "
                    + NAME + " characters, and an environment no slash");
        }
        if (source < 0 || source >= sources) {
            return value("a partial of source " + source + ": sources count from 0 to " + (sources - 1));
        }
        if (windowStart != windows.startOf(windowStart)) {
            return time(windowStart, "no window of " + windows.sizeMillis() + " ms begins there");
        }
        return horizon.believesEvent(windowStart, appended)
                ? null
                : time(
                        windowStart,
                        "appended at " + appended + ": must be from 1970 to "
                                + (horizon.live() ? "a day after the broker's clock" : "9999"));
    }

    private static @Nullable Refusal sums(long count, long errors, double nanos) {
        return count < 1 || errors < 0 || errors > count || !(nanos >= 0) || !Double.isFinite(nanos)
                ? value("a partial of " + count + " calls, " + errors + " errors, " + nanos
                        + " ns: it tells of one call at least, and errors are calls")
                : null;
    }

    private static @Nullable Refusal buckets(List<LatencyBucket> buckets) {
        if (buckets.size() > BUCKETS) {
            return value("a partial of " + buckets.size() + " latency buckets; at most " + BUCKETS);
        }
        for (LatencyBucket bucket : buckets) {
            if (bucket.getIndex() < 0 || bucket.getIndex() > BUCKETS || bucket.getCount() < 0) {
                return value("a latency bucket " + bucket.getIndex() + " with " + bucket.getCount()
                        + ": buckets count from 0 to " + BUCKETS + ", and hold 0 or more");
            }
        }
        return null;
    }

    private static Refusal value(String message) {
        return new Refusal(Cause.BAD_VALUE, message);
    }

    private static Refusal time(long windowStart, String why) {
        return new Refusal(Cause.BAD_TIME, "a partial of the window that begins at " + windowStart + ": " + why);
    }
}
