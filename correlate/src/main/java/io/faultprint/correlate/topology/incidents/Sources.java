package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.state.BlindSpan;
import io.faultprint.correlate.state.SourceProgress;
import io.faultprint.correlate.table.Table;
import io.faultprint.letter.Cause;
import io.faultprint.letter.Refusal;
import io.faultprint.snapshot.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far each source of ticks has come. A window is closed when every source has closed it; a source that has ended
 * does not hold the others up, but what comes after its end it has not seen.
 */
final class Sources {

    private final Table<SourceProgress> sources;

    Sources(Table<SourceProgress> sources) {
        this.sources = sources;
    }

    /** Takes in a tick that {@link io.faultprint.letter.TickChecks} has let through; null, or why it is refused. */
    @Nullable
    Refusal accept(Tick tick) {
        SourceProgress before = sources.get(key(tick));
        if (before != null && tick.getUpTo() < before.getUpTo()) {
            return new Refusal(
                    Cause.BAD_TIME,
                    "a tick of source " + tick.getSource() + " up to " + tick.getUpTo() + ", which had ticked up to "
                            + before.getUpTo() + ": ticks never go back");
        }
        if (before == null || tick.getUpTo() > before.getUpTo() || tick.getEnded() != before.getEnded()) {
            sources.put(key(tick), after(before, tick));
        }
        return null;
    }

    /** End of the last window that every source has closed; {@link Long#MIN_VALUE} before there is one. */
    long closedUpTo() {
        List<SourceProgress> known = sources.under("");
        if (known.isEmpty() || known.size() < known.get(0).getSources()) {
            return Long.MIN_VALUE;
        }
        return known.stream()
                .filter(s -> !s.getEnded())
                .mapToLong(SourceProgress::getUpTo)
                .min()
                .orElseGet(() ->
                        known.stream().mapToLong(SourceProgress::getUpTo).max().orElse(Long.MIN_VALUE));
    }

    /** Every source that has ticked, in order. */
    List<SourceProgress> all() {
        return sources.under("");
    }

    /** How far one source has come; {@link Long#MIN_VALUE} before its first tick. */
    long upTo(int source) {
        SourceProgress known = sources.get(key(source));
        return known == null ? Long.MIN_VALUE : known.getUpTo();
    }

    /** True when every source has said that nothing follows. */
    boolean allEnded() {
        List<SourceProgress> known = sources.under("");
        return !known.isEmpty()
                && known.size() == known.get(0).getSources()
                && known.stream().allMatch(SourceProgress::getEnded);
    }

    /** True when some source has not seen the whole of the window. */
    boolean isBlind(long start, long end) {
        return sources.under("").stream()
                .anyMatch(s -> (s.getEnded() && end > s.getUpTo())
                        || s.getBlind().stream().anyMatch(b -> b.getFrom() < end && start < b.getTo()));
    }

    /**
     * The longest of the blind stretches that hold the window whole; null when none does.
     *
     * @param start start of the window
     */
    @Nullable
    BlindSpan blindStretch(long start, long end) {
        return sources.under("").stream()
                .flatMap(s -> s.getBlind().stream())
                .filter(b -> b.getFrom() <= start && end <= b.getTo())
                .max(Comparator.comparingLong(BlindSpan::getTo))
                .orElse(null);
    }

    /** Blind windows before {@code upTo} have been evaluated. */
    void forgetBlindUpTo(long upTo) {
        for (SourceProgress s : sources.under("")) {
            List<BlindSpan> left =
                    s.getBlind().stream().filter(b -> b.getTo() > upTo).toList();
            if (left.size() < s.getBlind().size()) {
                sources.put(
                        key(s.getSource()),
                        new SourceProgress(s.getSource(), s.getSources(), s.getUpTo(), s.getEnded(), left));
            }
        }
    }

    private static SourceProgress after(@Nullable SourceProgress before, Tick tick) {
        long from = before == null ? Long.MIN_VALUE : before.getUpTo();
        long upTo = Math.max(from, tick.getUpTo());
        List<BlindSpan> blind = new ArrayList<>(before == null ? List.of() : before.getBlind());
        if (!tick.getCovered() && upTo > from) {
            int last = blind.size() - 1;
            if (last >= 0 && blind.get(last).getTo() == from) {
                blind.set(last, new BlindSpan(blind.get(last).getFrom(), upTo));
            } else {
                blind.add(new BlindSpan(from, upTo));
            }
        }
        return new SourceProgress(tick.getSource(), tick.getSources(), upTo, tick.getEnded(), List.copyOf(blind));
    }

    private static String key(Tick tick) {
        return key(tick.getSource());
    }

    private static String key(int source) {
        return String.format("%08x", source);
    }
}
