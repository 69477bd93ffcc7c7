package io.faultprint.ingest.http;

import io.faultprint.ingest.otlp.Signal;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests by endpoint and status, and how much is on its way. Paths that we do not serve share one label. */
final class RequestMeters {

    private static final String OTHER = "other";
    private static final Set<String> PATHS = Stream.concat(
                    Stream.of(Signal.values()).map(Signal::path), Stream.of("changes"))
            .map(name -> "/v1/" + name)
            .collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry meters;

    RequestMeters(MeterRegistry meters, LongSupplier bytesInFlight) {
        this.meters = meters;
        PATHS.forEach(path -> counter(path, 200));
        Gauge.builder("faultprint.ingest.in.flight", bytesInFlight, LongSupplier::getAsLong)
                .description("Bytes of bodies and records on their way to Kafka")
                .baseUnit("bytes")
                .strongReference(true)
                .register(meters);
    }

    void answered(Context context) {
        counter(PATHS.contains(context.path()) ? context.path() : OTHER, context.statusCode())
                .increment();
    }

    private Counter counter(String path, int status) {
        return Counter.builder("faultprint.ingest.requests")
                .description("Requests answered, by endpoint and HTTP status")
                .tag("path", path)
                .tag("status", Integer.toString(status))
                .register(meters);
    }
}
