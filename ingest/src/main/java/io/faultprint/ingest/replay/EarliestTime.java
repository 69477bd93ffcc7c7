package io.faultprint.ingest.replay;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import org.jspecify.annotations.Nullable;

/** The earliest event time in a request: a log's own or observed time, a point's time, a span's end. */
final class EarliestTime {

    private long nanos = Long.MAX_VALUE;

    private EarliestTime() {}

    /** Epoch milliseconds; null when no record has a time above zero. */
    static @Nullable Long of(Message request) {
        EarliestTime earliest = new EarliestTime();
        if (request instanceof ExportLogsServiceRequest logs) {
            logs.getResourceLogsList()
                    .forEach(resource -> resource.getScopeLogsList()
                            .forEach(scope -> scope.getLogRecordsList()
                                    .forEach(log -> earliest.see(
                                            log.getTimeUnixNano() > 0
                                                    ? log.getTimeUnixNano()
                                                    : log.getObservedTimeUnixNano()))));
        } else if (request instanceof ExportTraceServiceRequest traces) {
            traces.getResourceSpansList()
                    .forEach(resource -> resource.getScopeSpansList()
                            .forEach(scope ->
                                    scope.getSpansList().forEach(span -> earliest.see(span.getEndTimeUnixNano()))));
        } else if (request instanceof ExportMetricsServiceRequest metrics) {
            metrics.getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList().forEach(earliest::metric)));
        }
        return earliest.nanos == Long.MAX_VALUE ? null : (Long) (earliest.nanos / 1_000_000);
    }

    private void metric(Metric metric) {
        switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().forEach(point -> see(point.getTimeUnixNano()));
            case SUM -> metric.getSum().getDataPointsList().forEach(point -> see(point.getTimeUnixNano()));
            case HISTOGRAM -> metric.getHistogram().getDataPointsList().forEach(point -> see(point.getTimeUnixNano()));
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogram().getDataPointsList().forEach(point -> see(point.getTimeUnixNano()));
            case SUMMARY -> metric.getSummary().getDataPointsList().forEach(point -> see(point.getTimeUnixNano()));
            default -> {
                // No data, no time; the normaliser refuses it by name.
            }
        }
    }

    private void see(long time) {
        if (time > 0 && time < nanos) {
            nanos = time;
        }
    }
}
