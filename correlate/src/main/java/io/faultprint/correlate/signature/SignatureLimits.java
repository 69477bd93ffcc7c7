package io.faultprint.correlate.signature;

/**
 * How much one service may keep.
 *
 * @param signatures signatures, beyond which new ones are counted as flood
 * @param hashesPerSignature wordings known by hash, beyond which the oldest is forgotten (and asked for again)
 */
public record SignatureLimits(int signatures, int hashesPerSignature) {

    /** 2,000 signatures of 64 wordings each. */
    public static final SignatureLimits DEFAULT = new SignatureLimits(2_000, 64);

    public SignatureLimits {
        if (signatures < 1 || hashesPerSignature < 1) {
            throw new IllegalArgumentException("limits must be at least 1: " + signatures + " signatures, "
                    + hashesPerSignature + " hashes per signature");
        }
    }
}
