package io.faultprint.ingest.normalise;

/**
 * How much of an event is kept.
 *
 * @param bodyBytes UTF-8 bytes of a log's body or a stack trace
 * @param attributes number of attributes
 * @param attributeBytes UTF-8 bytes of one attribute's value, a message or a name
 */
public record Limits(int bodyBytes, int attributes, int attributeBytes) {

    /** 32 KiB of body, 64 attributes of 2 KiB: an event stays below 256 KiB, a quarter of Kafka's usual limit. */
    public static final Limits DEFAULT = new Limits(32 << 10, 64, 2 << 10);

    /** The most buckets a histogram may have; OpenTelemetry's own default for exponential ones is 160. */
    static final int BUCKETS = 160;

    /** The most characters of an environment, service, instance, version or metric name. */
    static final int NAME = 256;

    public Limits {
        if (bodyBytes < 64 || attributes < 1 || attributeBytes < 64) {
            throw new IllegalArgumentException(
                    "limits: at least 64 bytes of body, 1 attribute, and 64 bytes of an attribute");
        }
    }
}
