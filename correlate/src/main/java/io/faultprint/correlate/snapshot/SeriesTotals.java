package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.state.CounterRow;
import io.faultprint.correlate.state.PointRow;
import io.faultprint.event.MetricKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of a window into one value per series: levels are averaged over points and instances, counters become
 * rates per second and are summed over instances, distributions become their mean and a rate of observations.
 */
public final class SeriesTotals {

    /** Where cumulative series stood, by series and instance. */
    public interface Counters {

        /** Where it stood at the end of its last window; null when it was never seen. */
        @Nullable
        CounterRow get(String series, String instance);

        /** Keeps where it stands now. */
        void put(String series, String instance, CounterRow row);
    }

    /** One series' part of a window. */
    private static final class Total {
        private final MetricKind kind;
        private final String unit;
        private double sum;
        private double weight;
        private long points;

        private Total(MetricKind kind, String unit) {
            this.kind = kind;
            this.unit = unit;
        }
    }

    private final Map<String, Total> totals = new TreeMap<>();
    private final Counters counters;
    private final double windowSeconds;

    public SeriesTotals(Counters counters, long windowMillis) {
        this.counters = counters;
        this.windowSeconds = windowMillis / 1000.0;
    }

    /** Adds the row of one instance. Rows must come in (series, instance) order. */
    public void add(String series, String instance, PointRow row) {
        MetricKind kind = MetricKind.valueOf(row.getKind());
        double sum = row.getSumHigh() + row.getSumLow();
        boolean cumulative = row.getTemporality().equals("CUMULATIVE");
        switch (kind) {
            case GAUGE, UP_DOWN_COUNTER -> mean(series, kind, row, sum, (double) row.getPoints());
            case COUNTER -> {
                if (cumulative) {
                    Increase increase = increase(series, instance, row);
                    if (increase != null) {
                        rate(series, kind, row, increase.value() / increase.seconds());
                    }
                } else {
                    rate(series, kind, row, sum / windowSeconds);
                }
            }
            case HISTOGRAM, SUMMARY -> {
                if (cumulative || kind == MetricKind.SUMMARY) {
                    Increase increase = increase(series, instance, row);
                    if (increase != null) {
                        distribution(series, kind, row, increase.value(), increase.count(), increase.seconds());
                    }
                } else {
                    distribution(series, kind, row, sum, row.getCount(), windowSeconds);
                }
            }
        }
    }

    /** The values, by series. */
    public List<SeriesValue> values() {
        List<SeriesValue> values = new ArrayList<>();
        totals.forEach((series, total) -> values.add(new SeriesValue(
                series, total.unit, total.kind, (float) (total.sum / Math.max(1, total.weight)), total.points)));
        return values;
    }

    private void mean(String series, MetricKind kind, PointRow row, double sum, double weight) {
        Total total = totals.computeIfAbsent(series, name -> new Total(kind, row.getUnit()));
        total.sum += sum;
        total.weight += weight;
        total.points += row.getPoints();
    }

    private void rate(String series, MetricKind kind, PointRow row, double perSecond) {
        Total total = totals.computeIfAbsent(series, name -> new Total(kind, row.getUnit() + "/s"));
        total.sum += perSecond;
        total.weight = 1;
        total.points += row.getPoints();
    }

    private void distribution(String series, MetricKind kind, PointRow row, double sum, double count, double seconds) {
        if (count > 0 && !Double.isNaN(sum)) {
            mean(series, kind, row, sum, count);
        }
        rate(series + ".rate", kind, row, count / seconds);
    }

    private record Increase(double value, double count, double seconds) {}

    /** How much a cumulative series grew since its last window; null for its first. A restart begins at 0 again. */
    private @Nullable Increase increase(String series, String instance, PointRow row) {
        CounterRow before = counters.get(series, instance);
        counters.put(
                series, instance, new CounterRow(row.getLast(), row.getLastCount(), row.getLastTime(), row.getStart()));
        if (before == null || row.getLastTime() <= before.getTime()) {
            return null;
        }
        boolean restarted = row.getLast() < before.getValue()
                || row.getLastCount() < before.getCount()
                || row.getStart() > before.getTime();
        double seconds = (row.getLastTime() - before.getTime()) / 1000.0;
        return new Increase(
                restarted ? row.getLast() : row.getLast() - before.getValue(),
                restarted ? row.getLastCount() : row.getLastCount() - before.getCount(),
                seconds);
    }
}
