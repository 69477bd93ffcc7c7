package io.faultprint.correlate.signature;

/**
 * That a signature is another one since its template was covered by a wider one; a row of the changelogged store.
 *
 * @param id the signature that is no more
 * @param of the one that stands for it
 * @param order when the tree learned it; the oldest is forgotten first
 */
public record Alias(String id, String of, long order) {}
