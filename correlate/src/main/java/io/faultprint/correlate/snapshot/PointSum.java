package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.state.PointRow;
import io.faultprint.event.Histogram;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.Summary;
import org.jspecify.annotations.Nullable;

/**
 * Adds one metric point to the row of its series, instance and window. The sum is kept in two parts (Knuth's two-sum),
 * and what is made of it is rounded to float, so that the order in which points arrive cannot show.
 */
public final class PointSum {

    private PointSum() {}

    /** The row with the point added; {@code row} is null for the first. */
    public static PointRow add(@Nullable PointRow row, MetricEvent point) {
        Object body = point.getValue();
        double value = body instanceof Histogram histogram
                ? histogram.getSum() == null ? 0 : histogram.getSum()
                : body instanceof Summary summary ? summary.getSum() : (Double) body;
        double count = body instanceof Histogram histogram
                ? histogram.getCount()
                : body instanceof Summary summary ? summary.getCount() : 1;
        long time = point.getEnvelope().getEventTime();
        long start = point.getStartTime() == null ? 0 : point.getStartTime();
        String kind = point.getKind().name();
        String temporality = point.getTemporality().name();
        if (row == null) {
            return new PointRow(kind, temporality, point.getUnit(), 1L, value, 0.0, count, count, time, value, start);
        }
        double high = row.getSumHigh() + value;
        double part = high - row.getSumHigh();
        double lost = (row.getSumHigh() - (high - part)) + (value - part);
        boolean later = time > row.getLastTime() || (time == row.getLastTime() && value > row.getLast());
        return new PointRow(
                kind,
                temporality,
                point.getUnit(),
                row.getPoints() + 1,
                high,
                row.getSumLow() + lost,
                row.getCount() + count,
                later ? count : row.getLastCount(),
                Math.max(time, row.getLastTime()),
                later ? value : row.getLast(),
                later ? start : row.getStart());
    }
}
