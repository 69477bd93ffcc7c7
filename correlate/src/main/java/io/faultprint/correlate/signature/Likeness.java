package io.faultprint.correlate.signature;

import io.faultprint.correlate.signature.Wording.Sort;

/**
 * How alike a template and a masked line of the same size are.
 *
 * <p>Words carry the meaning, so lines meet only when every plain word is equal; what may differ are names that look
 * variable (digits, dots), and the more of them differ, the more equal words are asked for.
 */
final class Likeness {

    /** They do not belong together. */
    static final int NONE = -1;

    private static final int WORDS_FOR_ONE = 2;
    private static final int WORDS_FOR_EACH = 2;
    private static final int WORDS_FOR_A_SUBJECT = 6;
    /** How many words must be equal where one may be any. */
    static final int WORDS_FOR_A_CROWD = 3;

    private Likeness() {}

    /** Higher is more alike; {@link #NONE} when the line must not join. */
    static int of(Wording template, Wording line) {
        int equalWords = 0;
        int differ = 0;
        int wild = 0;
        int plain = 0;
        boolean subject = false;
        for (int i = 0; i < template.size(); i++) {
            Sort mine = template.sort(i);
            Sort theirs = line.sort(i);
            if (template.hash(i) == line.hash(i)) {
                equalWords += mine == Sort.VARIABLE || mine == Sort.ANY ? 0 : 1;
            } else if (mine == Sort.ANY && theirs != Sort.FIXED) {
                wild++;
                plain += theirs == Sort.WORD ? 1 : 0;
            } else if (varies(mine) && varies(theirs)) {
                differ++;
                subject |= subject(template, line, i);
            } else {
                return NONE;
            }
        }
        int enough = differ <= 1 ? differ * WORDS_FOR_ONE : differ * WORDS_FOR_EACH;
        enough = Math.max(enough, plain > 0 ? WORDS_FOR_A_CROWD : 0);
        enough = Math.max(enough, subject ? WORDS_FOR_A_SUBJECT : 0);
        return equalWords >= enough ? (equalWords << 16) - (differ << 8) - wild + (1 << 15) : NONE;
    }

    /** The one place where two plain words differ, all else being equal; -1 when it is not so. */
    static int singleWord(Wording template, Wording line) {
        int at = -1;
        int equalWords = 0;
        for (int i = 0; i < template.size(); i++) {
            if (template.hash(i) != line.hash(i)) {
                if (at >= 0 || line.sort(i) != Sort.WORD || template.sort(i) != Sort.WORD) {
                    return -1;
                }
                at = i;
            } else if (template.sort(i) == Sort.WORD) {
                equalWords++;
            }
        }
        return equalWords >= WORDS_FOR_A_CROWD ? at : -1;
    }

    /** The first word tells what a line is about: there even dotted names are words, unless the rest says a sentence. */
    private static boolean subject(Wording template, Wording line, int i) {
        return i == 0 && template.sort(0) == Sort.LOOSE && line.sort(0) == Sort.LOOSE;
    }

    private static boolean varies(Sort sort) {
        return sort == Sort.LOOSE || sort == Sort.VARIABLE || sort == Sort.ANY;
    }
}
