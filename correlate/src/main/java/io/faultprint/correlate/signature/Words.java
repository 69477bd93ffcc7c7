package io.faultprint.correlate.signature;

import java.util.Arrays;

/** A fixed set of words, asked for at ranges of a line; by length, since most ranges end there. */
final class Words {

    /** ASCII letters differ from their capitals in this bit. */
    private static final int CASE = 0x20;

    private final char[][][] byLength;
    /** By length, a bit for each letter (its low five bits, so in either case) that a word begins with. */
    private final int[] firsts;

    private Words(char[][][] byLength) {
        this.byLength = byLength;
        this.firsts = new int[byLength.length];
        for (int length = 1; length < byLength.length; length++) {
            for (char[] word : byLength[length]) {
                firsts[length] |= 1 << word[0];
            }
        }
    }

    static Words of(String... words) {
        int longest = 0;
        for (String word : words) {
            longest = Math.max(longest, word.length());
        }
        char[][][] byLength = new char[longest + 1][][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength[length] = Arrays.stream(words)
                    .filter(word -> word.length() == wanted)
                    .map(String::toCharArray)
                    .toArray(char[][]::new);
        }
        return new Words(byLength);
    }

    boolean has(char[] t, int start, int end) {
        return find(t, start, end, 0);
    }

    /** The same in whatever case; the words of the set are in small letters then. */
    boolean hasInAnyCase(char[] t, int start, int end) {
        return find(t, start, end, CASE);
    }

    private boolean find(char[] t, int start, int end, int ignored) {
        int length = end - start;
        if (length <= 0 || length >= byLength.length || (firsts[length] & 1 << t[start]) == 0) {
            return false;
        }
        for (char[] word : byLength[length]) {
            int i = 0;
            while (i < length && (t[start + i] | ignored) == word[i]) {
                i++;
            }
            if (i == length) {
                return true;
            }
        }
        return false;
    }
}
