package io.faultprint.correlate.signature;

/**
 * A fast 64-bit hash of masked text, for look-ups only. Fixed for good: stored rows hold its values.
 *
 * <p>Four UTF-16 units at a time, multiply and fold (the scheme of FxHash with a folding step), finished with
 * MurmurHash3's fmix64.
 */
final class TextHash {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long EXCEPTION_SEED = 0x5851F42D4C957F2DL;

    private TextHash() {}

    static long of(String text, MaskedLine.Kind kind) {
        return of(text.toCharArray(), text.length(), kind == MaskedLine.Kind.LINE ? 0 : EXCEPTION_SEED);
    }

    static long of(char[] text, int length, long seed) {
        long hash = seed ^ length;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            long four = text[i] | (long) text[i + 1] << 16 | (long) text[i + 2] << 32 | (long) text[i + 3] << 48;
            hash = fold((hash ^ four) * MULTIPLIER);
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = rest << 16 | text[i];
        }
        return finish(fold((hash ^ rest) * MULTIPLIER));
    }

    private static long fold(long x) {
        return x ^ x >>> 29;
    }

    private static long finish(long x) {
        long h = x;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
