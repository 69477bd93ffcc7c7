package io.faultprint.ingest.text;

/**
 * A time that stands in a line.
 *
 * @param nanos epoch nanoseconds
 * @param start index of its first character
 * @param end index behind its last one, zone included
 */
record Stamp(long nanos, int start, int end) {}
