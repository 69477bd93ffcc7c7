package io.faultprint.correlate.baseline;

import io.faultprint.correlate.state.LevelRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The baseline of a level (a metric, a latency): the values of the latest unremarkable windows. A value is judged by two
 * measures, and the milder one counts: its distance from the median in robust spreads (median absolute deviation), and
 * its distance relative to the farthest value that health has shown, which keeps spiky series quiet.
 */
public final class LevelBaseline {

    /** Values remembered. */
    private static final int CAP = 60;

    /** Score from which a value counts as odd for {@link #lasting}: one in a hundred. */
    private static final double ODD = 2;

    /** Values needed before anything is judged. */
    static final int LEARNING = 8;

    /** Remarkable windows in a row after which the new level is taken for normal: an hour of 10 s windows. */
    private static final int HOLD = 360;

    private static final double GREATEST = 1e30;

    private final float[] values = new float[CAP];
    private final Waiting waiting;
    private int next;
    private int learned;
    private int odd;
    private double lastScore;
    private int seen = -1;
    private double judged;
    private int lasting;

    /** The baseline as its row says, or a new one. */
    public LevelBaseline(@Nullable LevelRow row) {
        if (row == null) {
            waiting = new Waiting(List.of(), List.of());
        } else {
            List<Float> kept = row.getValues();
            for (int i = 0; i < Math.min(kept.size(), CAP); i++) {
                values[i] = kept.get(i);
            }
            next = row.getNext();
            learned = row.getLearned();
            odd = row.getOdd();
            lastScore = row.getLastScore();
            seen = row.getSeen();
            lasting = row.getLasting();
            waiting = new Waiting(row.getWaiting(), row.getWaitingAt());
        }
    }

    /**
     * Judges a value, before it is learned. A value that was odd in the window before as well, and in the same
     * direction, is the odder for it: see {@link Momentum}.
     *
     * @param observed the value
     * @param now the service's window counter at this window
     * @param floor the least spread worth a surprise, in the value's unit
     * @param tail how fast health thins out beyond the farthest value seen: the exponent of a Pareto tail
     */
    public Oddness judge(double observed, int now, double floor, double tail) {
        return judge(observed, now, floor, tail, false);
    }

    /**
     * The same for a series whose unit gives no scale, as that of any metric does: where it hardly moved so far, all that
     * can be said of a move is for how long there was none.
     */
    public Oddness judgeUnscaled(double observed, int now, double floor, double tail) {
        return judge(observed, now, floor, tail, true);
    }

    private Oddness judge(double observed, int now, double floor, double tail, boolean unscaled) {
        double value = bounded(observed);
        int count = Math.min(learned, CAP);
        if (count < LEARNING) {
            return new Oddness(value, value, value, value, 0, learned);
        }
        float[] sorted = java.util.Arrays.copyOf(values, count);
        java.util.Arrays.sort(sorted);
        double median = middle(sorted);
        float[] deviations = new float[count];
        for (int i = 0; i < count; i++) {
            deviations[i] = (float) Math.abs(sorted[i] - median);
        }
        java.util.Arrays.sort(deviations);
        double least = Math.max(floor, 0.02 * Math.abs(median));
        double moved = 1.4826 * middle(deviations);
        double spread = Math.max(moved, least);
        double distance = Math.abs(value - median);
        double farthest = value > median ? sorted[count - 1] - median : median - sorted[0];
        double byTail = Tail.score(2 * Tail.above(distance / spread));
        double byExtremes = byExtremes(distance, Math.max(farthest, spread), count, tail);
        double alone = Math.min(byTail, byExtremes);
        if (sorted[0] == sorted[count - 1] || (unscaled && moved <= least)) {
            alone = Math.min(alone, StrictMath.log10(2.0 * (learned + 1)));
        }
        double sign = value >= median ? 1 : -1;
        double before = seen == now - 1 && sign * lastScore > 0 ? Math.abs(lastScore) : 0;
        double score = Momentum.of(alone, before);
        judged = sign * score;
        lasting = score < ODD ? 0 : before >= ODD ? lasting + 1 : 1;
        return new Oddness(value, median, median - 3 * spread, median + 3 * spread, score, learned);
    }

    /**
     * Takes note of a window's value.
     *
     * @param now the service's window counter at this window
     * @param oddWindow the counter at its latest remarkable window; {@code now} when this one is
     */
    public void note(double value, int now, int oddWindow) {
        if (oddWindow == now) {
            odd++;
            if (odd >= HOLD) {
                adopt();
            }
        } else {
            odd = 0;
        }
        waiting.add(bounded(value), now);
        waiting.ripen(now, oddWindow, this::learn);
    }

    /** What to store of it. */
    public LevelRow row(int seen) {
        List<Float> kept = new ArrayList<>();
        for (int i = 0; i < Math.min(learned, CAP); i++) {
            kept.add(values[i]);
        }
        return new LevelRow(kept, next, learned, waiting.values(), waiting.at(), odd, seen, (float) judged, lasting);
    }

    /** Some senders write "no limit" as the greatest number there is; beyond this, spreads are no numbers any more. */
    private static double bounded(double value) {
        return Math.max(-GREATEST, Math.min(GREATEST, value));
    }

    /** A level that lasts is the new normal: what was learned of the old one is forgotten. */
    private void adopt() {
        next = 0;
        learned = 0;
        odd = 0;
        waiting.values().forEach(this::learn);
    }

    private void learn(double value) {
        values[next] = (float) value;
        next = (next + 1) % CAP;
        learned++;
    }

    /** How many values in a row have been odd in the same direction, the one just judged included. */
    public int lasting() {
        return lasting;
    }

    /** Beyond the farthest of n values: one in n + 1, and a Pareto tail from there on. */
    private static double byExtremes(double distance, double farthest, int count, double tail) {
        double beyond = distance / farthest;
        return beyond <= 1
                ? StrictMath.log10(count + 1) * beyond
                : StrictMath.log10(count + 1) + tail * StrictMath.log10(beyond);
    }

    private static double middle(float[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + (double) sorted[half]) / 2;
    }
}
