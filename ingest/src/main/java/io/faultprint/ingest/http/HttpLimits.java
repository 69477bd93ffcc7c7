package io.faultprint.ingest.http;

import java.time.Duration;

/**
 * What the HTTP door takes.
 *
 * @param maxBody most bytes of a body on the wire
 * @param maxInflated most bytes of a body after inflation
 * @param maxInFlight most bytes of bodies and records on their way at once, over all requests
 * @param futureMillis how far ahead of receipt an event time may lie, in milliseconds
 * @param delivery how long Kafka may take for a request's records
 */
public record HttpLimits(long maxBody, long maxInflated, long maxInFlight, long futureMillis, Duration delivery) {}
