package io.faultprint.correlate.snapshot;

import io.faultprint.event.MetricKind;

/**
 * What one series of a service came to in one window, over all instances.
 *
 * @param series metric name and attributes, as {@code name{k=v,…}}
 * @param unit UCUM unit of the value
 * @param value mean level, rate per second, or mean of the distribution
 * @param points points it was made from
 */
public record SeriesValue(String series, String unit, MetricKind kind, double value, long points) {}
