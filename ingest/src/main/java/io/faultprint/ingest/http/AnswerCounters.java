package io.faultprint.ingest.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How requests ended, under {@code faultprint_ingest_requests_total{door,answer}}: the status, or {@code none} for a
 * sender that went away before its body was whole.
 */
final class AnswerCounters {

    private static final String GONE = "none";

    private final MeterRegistry meters;
    private final String door;

    AnswerCounters(MeterRegistry meters, String door) {
        this.meters = meters;
        this.door = door;
        // Present from the start, so that an alarm on them has something to compare with.
        for (String answer : new String[] {"200", "400", "408", "413", "415", "503", GONE}) {
            counter(answer);
        }
    }

    void answered(int status) {
        counter(Integer.toString(status)).increment();
    }

    void gone() {
        counter(GONE).increment();
    }

    private Counter counter(String answer) {
        return Counter.builder("faultprint.ingest.requests")
                .description("Requests by their answer; none: the sender went away before its body was whole")
                .tag("door", door)
                .tag("answer", answer)
                .register(meters);
    }
}
