package io.faultprint.ingest.normalise;

/** Why something could not be used: the short code in a dead letter's {@code faultprint.cause}. */
public enum Cause {
    /** The body could not be read at all. */
    UNDECODABLE,
    /** One record could not be read. */
    MALFORMED_RECORD,
    /** The resource has no {@code service.name}. */
    NO_SERVICE,
    /** An environment, service or metric name longer than 256 characters. */
    NAME_TOO_LONG,
    /** A metric without a name. */
    NO_NAME,
    /** A metric or point without a value. */
    NO_VALUE,
    /** NaN or an infinity where a number belongs. */
    NOT_FINITE,
    /** Buckets or quantiles that contradict each other. */
    BAD_DISTRIBUTION,
    /** More point attributes than a series may have; leaving some out would merge series. */
    TOO_MANY_ATTRIBUTES,
    /** A span without a valid trace id or span id. */
    BAD_ID,
    /** A span without an end, or one that ends before it starts. */
    BAD_TIME,
    /** A change with an unknown field or a value of the wrong form. */
    BAD_CHANGE
}
