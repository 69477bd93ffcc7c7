package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.state.PointRow;
import io.faultprint.event.Histogram;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.Summary;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Adds one metric point to the row of its series, instance and window. The sum is kept in two parts (Knuth's two-sum),
 * and what is made of it is rounded to float, so that the order in which points arrive cannot show. Values are bounded:
 * some senders write "no limit" as the greatest number there is, and the sum of two such is none. A histogram whose sum
 * its sender does not know has NaN for it.
 */
public final class PointSum {

    private static final double GREATEST = 1e30;

    private static final Comparator<PointRow> BY_LAST = Comparator.comparingLong(PointRow::getLastTime)
            .thenComparingDouble(PointRow::getLast)
            .thenComparingDouble(PointRow::getLastCount)
            .thenComparingLong(PointRow::getStart)
            .thenComparing(PointRow::getKind)
            .thenComparing(PointRow::getTemporality)
            .thenComparing(PointRow::getUnit);

    private PointSum() {}

    /** The row with the point added; {@code row} is null for the first. */
    public static PointRow add(@Nullable PointRow row, MetricEvent point) {
        Object body = point.getValue();
        double given = body instanceof Histogram histogram
                ? histogram.getSum() == null ? Double.NaN : histogram.getSum()
                : body instanceof Summary summary ? summary.getSum() : (Double) body;
        double value = Math.max(-GREATEST, Math.min(GREATEST, given));
        double count = body instanceof Histogram histogram
                ? histogram.getCount()
                : body instanceof Summary summary ? summary.getCount() : 1;
        long time = point.getEnvelope().getEventTime();
        long start = point.getStartTime() == null ? 0 : point.getStartTime();
        String kind = point.getKind().name();
        String temporality = point.getTemporality().name();
        PointRow alone =
                new PointRow(kind, temporality, point.getUnit(), 1L, value, 0.0, count, count, time, value, start);
        if (row == null) {
            return alone;
        }
        double high = row.getSumHigh() + value;
        double part = high - row.getSumHigh();
        double lost = (row.getSumHigh() - (high - part)) + (value - part);
        PointRow last = BY_LAST.compare(alone, row) > 0 ? alone : row;
        return new PointRow(
                last.getKind(),
                last.getTemporality(),
                last.getUnit(),
                row.getPoints() + 1,
                high,
                row.getSumLow() + lost,
                row.getCount() + count,
                last.getLastCount(),
                last.getLastTime(),
                last.getLast(),
                last.getStart());
    }
}
