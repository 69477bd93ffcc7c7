package io.faultprint.correlate.snapshot;

import io.faultprint.event.MetricEvent;
import java.util.Map;
import java.util.TreeMap;

/** The name of a series: metric name and attributes, as {@code name{k=v,…}} with the attributes in order. */
public final class SeriesName {

    private static final int LENGTH = 300;

    private SeriesName() {}

    /** The series of a point, whatever its instance. */
    public static String of(MetricEvent point) {
        Map<String, String> attributes = new TreeMap<>(point.getAttributes());
        if (attributes.isEmpty()) {
            return point.getName();
        }
        StringBuilder name = new StringBuilder(point.getName()).append('{');
        attributes.forEach(
                (key, value) -> name.append(key).append('=').append(value).append(','));
        name.setCharAt(name.length() - 1, '}');
        return name.length() <= LENGTH ? name.toString() : name.substring(0, LENGTH);
    }
}
