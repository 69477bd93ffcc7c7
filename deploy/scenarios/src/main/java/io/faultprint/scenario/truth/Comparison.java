package io.faultprint.scenario.truth;

import io.faultprint.scenario.truth.Sign.What;
import io.faultprint.scenario.world.Census;
import io.faultprint.scenario.world.Census.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;

/**
 * One service in a run and in the same run without a fault. The two have the same dice up to the onset, so that they are
 * equal until then; after it, what differs by more than the undisturbed run itself ever varies is a sign.
 */
final class Comparison {

    /** Rare requests are judged over this many rows. */
    private static final int LATELY = 3;

    private final List<Row> run;
    private final List<Row> twin;

    Comparison(List<Row> run, List<Row> twin) {
        this.run = run;
        this.twin = twin;
    }

    /** The signs of the rows in a range, each with the row in which it begins. */
    List<Found> between(int from, int to) {
        var found = new ArrayList<Found>();
        add(found, What.ERRORS, from, to, this::fails);
        add(found, What.LATENCY, from, to, this::slow);
        add(found, What.LOAD, from, to, i -> lately(run, i, Row::arrived) > 1.4 * lately(twin, i, Row::arrived) + 10);
        add(found, What.SILENCE, from, to, this::silent);
        add(
                found,
                What.LESS,
                from,
                to,
                i -> !silent(i) && lately(run, i, Row::arrived) < 0.6 * lately(twin, i, Row::arrived) - 8);
        add(found, What.QUEUE, from, to, above(Row::waiting, 10));
        add(found, What.MEMORY, from, to, above(Row::memory, 0.08));
        add(found, What.CPU, from, to, above(Row::cpu, 0.25));
        add(found, What.CONNECTIONS, from, to, above(Row::connections, 0.3));
        add(found, What.CLOCK, from, to, above(Row::clock, 5));
        add(
                found,
                What.RESTARTS,
                from,
                to,
                i -> run.get(i).restarts() > twin.get(i).restarts());
        return found;
    }

    /** A sign and its first row. */
    record Found(What what, int row) {}

    private static void add(List<Found> found, What what, int from, int to, IntPredicate differs) {
        for (int i = from; i < to; i++) {
            if (differs.test(i)) {
                found.add(new Found(what, i));
                return;
            }
        }
    }

    /** The row itself has failures, and with those just before and after it there are more than chance brings. */
    private boolean fails(int i) {
        int end = Math.min(run.size() - 1, i + LATELY - 1);
        double more = lately(run, end, Row::failed) - lately(twin, end, Row::failed);
        return run.get(i).failed() > twin.get(i).failed() && more >= 3;
    }

    private boolean slow(int i) {
        double usual = 0;
        for (int j = LATELY; j < twin.size(); j++) {
            usual = Math.max(usual, mean(twin, j));
        }
        return mean(run, i) > 1.3 * usual + 0.002;
    }

    private static double mean(List<Row> rows, int i) {
        double answered = lately(rows, i, Row::answered);
        return answered < 5 ? 0 : lately(rows, i, Row::seconds) / answered;
    }

    private boolean silent(int i) {
        return lately(run, i, Row::arrived) == 0 && lately(twin, i, Row::arrived) >= 8;
    }

    /** More than the undisturbed run ever has. */
    private IntPredicate above(ToDoubleFunction<Row> value, double by) {
        double most = twin.stream().mapToDouble(value).max().orElse(0);
        return i -> value.applyAsDouble(run.get(i)) >= most + by;
    }

    private static double lately(List<Row> rows, int i, ToDoubleFunction<Row> value) {
        double sum = 0;
        for (int j = Math.max(0, i - LATELY + 1); j <= i; j++) {
            sum += value.applyAsDouble(rows.get(j));
        }
        return sum;
    }

    static int row(long timeMs) {
        return (int) (timeMs / 1000 / Census.STEP_SECONDS);
    }
}
