package io.faultprint.ingest.foreign;

import org.jspecify.annotations.Nullable;

/**
 * One record of a foreign topic.
 *
 * @param key its key as text; null when it has none
 * @param value its bytes
 * @param time its record time, epoch milliseconds: what an event without a time of its own gets; 0 when it has none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ForeignRecord(@Nullable String key, byte[] value, long time) {}
