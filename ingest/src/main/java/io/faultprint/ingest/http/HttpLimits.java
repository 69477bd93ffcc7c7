package io.faultprint.ingest.http;

import java.time.Duration;

/**
 * What the HTTP door takes.
 *
 * @param maxBody most bytes of a body on the wire
 * @param maxInflated most bytes of a body after inflation
 * @param maxParts most records, attributes, values and list elements of a request
 * @param maxInFlight most bytes of bodies and records on their way at once, over all requests
 * @param maxConnections most open connections
 * @param body how long a body may take from its request's head to its last byte
 * @param futureMillis how far ahead of receipt an event time may lie, in milliseconds
 * @param delivery how long Kafka may take for a request's records
 */
public record HttpLimits(
        long maxBody,
        long maxInflated,
        int maxParts,
        long maxInFlight,
        int maxConnections,
        Duration body,
        long futureMillis,
        Duration delivery) {}
