package io.faultprint.correlate.baseline;

import io.faultprint.correlate.state.CountRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The baseline of a count (lines of a signature, failed spans): a hurdle model. One part says how often a window has any
 * (a Beta posterior over unremarkable windows), the other how large the count is then (log(1 + count), Student's t).
 * Lines come in bursts, so a large count of something never seen is odd, but not as odd as independent lines would make
 * it. Windows without a count cost nothing: they are made up for by the service's counter when the series is next met.
 */
public final class CountBaseline {

    /** Windows after which what was learned counts half: an hour of 10 s windows. */
    private static final double HALF_LIFE = 360;

    private static final double DECAY = StrictMath.pow(0.5, 1 / HALF_LIFE);

    /** What is assumed of a count's size before any was seen: about one, within a factor of e². */
    private static final double PRIOR_MEAN = StrictMath.log(2);

    private static final double PRIOR_SPREAD = 1.0;
    private static final double PRIOR_WEIGHT = 2;

    private static final int HOLD = 360;

    /** Three spreads: one window in 25 is outside of what is expected. */
    private static final double OUTSIDE = 2 * Tail.above(3);

    private final Waiting waiting;
    private double present;
    private double absent;
    private double weight;
    private double mean;
    private double spread;
    private int odd;
    private int seen;
    private double lastScore;
    private double judged;

    /**
     * The baseline as its row says, or one that has seen nothing in all {@code windows} windows before.
     *
     * @param windows the service's window counter at the last window before this one
     */
    public CountBaseline(@Nullable CountRow row, int windows) {
        if (row == null) {
            waiting = new Waiting(List.of(), List.of());
            absent = decayed(windows);
            seen = windows;
        } else {
            waiting = new Waiting(row.getWaiting(), row.getWaitingAt());
            present = row.getPresent();
            absent = row.getAbsent();
            weight = row.getWeight();
            mean = row.getMean();
            spread = row.getSpread();
            odd = row.getOdd();
            seen = row.getSeen();
            lastScore = seen == windows ? row.getLastScore() : 0;
            skip(windows);
        }
    }

    /**
     * The baseline of two counts that are one from now on. How often both were there at once is not known: windows with
     * either are taken to be those of the two together, and where there was one its size is that of either.
     */
    public static CountRow together(CountRow one, CountRow other) {
        int now = Math.max(one.getSeen(), other.getSeen());
        CountBaseline sum = new CountBaseline(one, now);
        CountBaseline more = new CountBaseline(other, now);
        double windows = Math.max(sum.present + sum.absent, more.present + more.absent);
        sum.present = Math.min(windows, sum.present + more.present);
        sum.absent = windows - sum.present;
        double weight = sum.weight + more.weight;
        if (weight > 0) {
            double delta = more.mean - sum.mean;
            sum.spread += more.spread + delta * delta * sum.weight * more.weight / weight;
            sum.mean += delta * more.weight / weight;
        }
        sum.weight = weight;
        sum.waiting.addAll(more.waiting);
        sum.odd = Math.max(sum.odd, more.odd);
        sum.judged = Math.max(sum.lastScore, more.lastScore);
        return sum.row();
    }

    /**
     * Judges a count of at least this size in one window, before it is learned. A count that was odd in the window
     * before as well is the odder for it: see {@link Momentum}.
     */
    public Oddness judge(long count) {
        double probability = presence();
        double deviation = sizeSpread();
        double middle = sizeMean();
        double score = 0;
        if (count > 0) {
            double z = (StrictMath.log1p((double) count) - middle) / deviation;
            double tail = z <= 0 ? 1 : 2 * Tail.above(z);
            score = Momentum.of(Tail.score(probability * tail), lastScore);
        }
        judged = score;
        double expected = probability > 0.5 ? StrictMath.expm1(middle) : 0;
        double high = high(probability, middle, deviation);
        double low = probability > 0.95 ? StrictMath.expm1(Math.max(0, middle - 3 * deviation)) : 0;
        return new Oddness((double) count, expected, low, Math.max(high, expected), score, history());
    }

    /** The count that one window in 25 has at least; 0 where it is rarer to have any at all. */
    private static double high(double presence, double middle, double deviation) {
        double tail = OUTSIDE / presence;
        return tail < 1 ? StrictMath.expm1(middle + Tail.reached(tail / 2) * deviation) : 0;
    }

    /** How odd it is that nothing was there in this many windows in a row. */
    public Oddness judgeSilence(int windows) {
        double score = Math.min(windows, 3) * Tail.score(1 - presence());
        double middle = StrictMath.expm1(sizeMean());
        return new Oddness(0, middle, middle, middle, score, history());
    }

    /** How often a window has any, from 0 to 1, never quite either. */
    public double presence() {
        return (present + 0.5) / (present + absent + 1);
    }

    /**
     * Takes note of a window's count above 0.
     *
     * @param now the service's window counter at this window
     * @param oddWindow the counter at its latest remarkable window; {@code now} when this one is
     */
    public void note(long count, int now, int oddWindow) {
        if (oddWindow == now) {
            odd++;
        } else {
            odd = 0;
        }
        waiting.add((double) count, now);
        if (odd >= HOLD) {
            adopt();
        }
        waiting.ripen(now, oddWindow, this::learn);
        seen = now;
    }

    /** What to store of it. */
    public CountRow row() {
        return new CountRow(
                (float) present,
                (float) absent,
                (float) weight,
                (float) mean,
                (float) spread,
                waiting.values(),
                waiting.at(),
                odd,
                seen,
                (float) judged);
    }

    /** A level that lasts is the new normal: what was learned of the old one is forgotten. */
    private void adopt() {
        odd = 0;
        present = 0;
        absent = 0;
        weight = 0;
        mean = 0;
        spread = 0;
        waiting.values().forEach(this::learn);
    }

    private int history() {
        return (int) Math.round(present + absent);
    }

    private void learn(double count) {
        present = present * DECAY + 1;
        absent *= DECAY;
        double value = StrictMath.log1p(count);
        weight = weight * DECAY + 1;
        spread *= DECAY;
        double delta = value - mean;
        mean += delta / weight;
        spread += delta * (value - mean);
    }

    /** The windows between the one last noted and {@code windows} had none. */
    private void skip(int windows) {
        int skipped = windows - seen;
        if (skipped > 0) {
            double factor = StrictMath.pow(DECAY, skipped);
            present *= factor;
            absent = absent * factor + decayed(skipped);
            seen = windows;
        }
    }

    private static double decayed(int windows) {
        return (1 - StrictMath.pow(DECAY, windows)) / (1 - DECAY);
    }

    private double sizeMean() {
        return (weight * mean + PRIOR_WEIGHT * PRIOR_MEAN) / (weight + PRIOR_WEIGHT);
    }

    /** Never below what counting alone makes of it: a Poisson count of mean m spreads by 1 / √m in its logarithm. */
    private double sizeSpread() {
        double variance = (spread + PRIOR_WEIGHT * PRIOR_SPREAD * PRIOR_SPREAD) / (weight + PRIOR_WEIGHT);
        double poisson = 1 / Math.max(1, StrictMath.expm1(sizeMean()));
        return Math.sqrt(Math.max(variance, poisson + 0.01));
    }
}
