package io.faultprint.benchmarks.door;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Records of foreign topics.
 *
 * @param clock what their events say that it is
 */
record ForeignRecords(InstantSource clock) {

    /** An OTLP/protobuf request with so many lines. */
    byte[] otlp(int n, int logs) {
        return OtlpRequests.logs("orders-" + n % 20, clock.millis(), logs, i -> line(n, i));
    }

    /** One line in the Elastic Common Schema. */
    byte[] ecs(int n) {
        return ("{\"@timestamp\":\"" + clock.instant() + "\",\"log.level\":\"INFO\",\"message\":\"" + line(n, n % 8)
                        + "\",\"service.name\":\"orders-" + n % 20
                        + "\",\"http.route\":\"/orders\",\"process.thread.name\":\"worker-" + n % 8
                        + "\",\"ecs.version\":\"1.2.0\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(int n, int i) {
        return "Stored order " + n + " of customer " + (n * 31 + i) + " with " + i + " items from 10.0.3." + n % 250
                + " in " + n % 97 + " ms";
    }
}
