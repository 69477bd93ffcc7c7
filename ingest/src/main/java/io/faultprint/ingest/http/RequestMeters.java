package io.faultprint.ingest.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/** Requests by endpoint and status, and how much is on its way. Paths that we do not serve share one label. */
final class RequestMeters {

    private static final String OTHER = "other";
    private static final String GONE = "none";

    private final MeterRegistry meters;

    RequestMeters(MeterRegistry meters, Collection<String> paths, LongSupplier bytesInFlight) {
        this.meters = meters;
        for (String path : paths) {
            // Present from the start, so that an alarm on them has something to compare with.
            for (String status : List.of("200", "400", "408", "413", "415", "503", GONE)) {
                counter(path, status);
            }
        }
        Gauge.builder("faultprint.ingest.in.flight", bytesInFlight, LongSupplier::getAsLong)
                .description("Bytes of bodies and records on their way to Kafka")
                .baseUnit("bytes")
                .strongReference(true)
                .register(meters);
    }

    void answered(String path, int status) {
        counter(path, Integer.toString(status)).increment();
    }

    /** Nothing of ours is at its path. */
    void astray(int status) {
        answered(OTHER, status);
    }

    /** The sender went away before its body was whole: nobody was there to be answered. */
    void gone(String path) {
        counter(path, GONE).increment();
    }

    private Counter counter(String path, String status) {
        return Counter.builder("faultprint.ingest.requests")
                .description(
                        "Requests by endpoint and HTTP status; none: the sender went away before its body was whole")
                .tag("path", path)
                .tag("status", status)
                .register(meters);
    }
}
