package io.faultprint.ingest.normalise;

import com.google.protobuf.Message;
import io.faultprint.ingest.redact.Redactor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.function.Consumer;

/**
 * OTLP requests to our events, one outcome for each record, in the order of the request. Pure and safe for many
 * threads.
 */
public final class Normaliser {

    private final LogNormaliser logs;
    private final MetricNormaliser metrics;
    private final SpanNormaliser spans;
    private final ChangeNormaliser changes;

    public Normaliser(Redactor redactor, Limits limits) {
        Texts texts = new Texts(redactor);
        this.logs = new LogNormaliser(texts, limits);
        this.metrics = new MetricNormaliser(texts, limits);
        this.spans = new SpanNormaliser(texts, limits);
        this.changes = new ChangeNormaliser(texts, limits);
    }

    /** Every record of a request; {@code request} is an {@code Export…ServiceRequest} of any signal. */
    public void normalise(Message request, Source source, Consumer<Outcome> sink) {
        if (request instanceof ExportLogsServiceRequest logsRequest) {
            logs.normalise(logsRequest, source, sink);
        } else if (request instanceof ExportMetricsServiceRequest metricsRequest) {
            metrics.normalise(metricsRequest, source, sink);
        } else if (request instanceof ExportTraceServiceRequest traceRequest) {
            spans.normalise(traceRequest, source, sink);
        } else {
            throw new IllegalArgumentException(
                    "not an OTLP request: " + request.getDescriptorForType().getFullName());
        }
    }

    /**
     * One log record that came by itself.
     *
     * @param resource whose it is
     * @param index what tells it from the others of its batch
     */
    public Outcome log(Resource resource, LogRecord log, Source source, int index) {
        return logs.normalise(resource, log, source, index);
    }

    /** One change as its sender declared it. */
    public Outcome.Parsed change(DeclaredChange change, Source source, int index) {
        return changes.normalise(change, source, index);
    }
}
