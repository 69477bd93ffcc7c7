package io.faultprint.correlate.signature;

/**
 * That a masked line belongs to a signature; a row of the changelogged store.
 *
 * @param hash {@link MaskedLine#hash()}
 * @param signature the signature's id
 * @param order when the tree learned it; the oldest of a signature is forgotten first
 */
public record KnownHash(long hash, String signature, long order) {}
