package io.faultprint.correlate.signature;

import java.util.Arrays;

/**
 * Says of nearly every key that was never added that it was not: a Bloom filter whose bits of one key lie in one word
 * (Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2007). What is removed elsewhere stays in
 * it and costs a look in vain, no more.
 */
final class Sketch {

    private static final int BITS_FOR_EACH = 16;
    private static final int SMALLEST = 64;

    private long[] words = new long[SMALLEST];
    private int added;

    /** Whether it has to be made anew, larger, before more is added. */
    boolean isFull() {
        return added >= words.length * Long.SIZE / BITS_FOR_EACH;
    }

    /** Begins anew, with room for so many. */
    void begin(int keys) {
        int size = SMALLEST;
        while ((long) size * Long.SIZE < (long) keys * BITS_FOR_EACH) {
            size *= 2;
        }
        if (size == words.length) {
            Arrays.fill(words, 0);
        } else {
            words = new long[size];
        }
        added = 0;
    }

    void add(long key) {
        words[word(key)] |= bits(key);
        added++;
    }

    boolean mayHave(long key) {
        long bits = bits(key);
        return (words[word(key)] & bits) == bits;
    }

    private int word(long key) {
        return (int) (key >>> 32) & words.length - 1;
    }

    private static long bits(long key) {
        return 1L << (key & 63) | 1L << (key >>> 6 & 63) | 1L << (key >>> 12 & 63);
    }
}
