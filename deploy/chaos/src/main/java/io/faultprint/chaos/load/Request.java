package io.faultprint.chaos.load;

import java.util.List;

/**
 * One request of a sender, the same bytes under the same batch id however often it is sent.
 *
 * @param key the {@code Idempotency-Key}; empty for a sender that gives none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes for the wire, never compared
record Request(Book.Kind kind, String path, String key, byte[] body, List<Stamp> stamps) {}
