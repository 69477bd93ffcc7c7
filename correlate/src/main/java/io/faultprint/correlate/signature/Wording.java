package io.faultprint.correlate.signature;

import java.util.Arrays;

/**
 * A masked line or a template as the tree compares it: words and variables in order, what stands between them set
 * aside. Neighbouring variables are one, so that lists of any length are alike.
 */
final class Wording {

    private static final String ANY_WORD = "<*>";
    private static final String ANY_VALUE = "<val>";
    private static final int SHORTEST_PLURAL = 3;

    enum Sort {
        /** Letters: what the line says. */
        WORD,
        /** A name that may well vary: it has digits, or dots without ending in capitals. */
        LOOSE,
        /** One or more placeholders. */
        VARIABLE,
        /** A word that has varied. */
        ANY,
        /** A word that may not vary, by a rule. */
        FIXED
    }

    private final String text;
    private final Sort[] sorts;
    private final short[] starts;
    private final short[] ends;
    private final long[] hashes;

    private Wording(String text, Elements elements) {
        int size = elements.size;
        this.text = text;
        this.sorts = Arrays.copyOf(elements.sorts, size);
        this.starts = Arrays.copyOf(elements.starts, size);
        this.ends = Arrays.copyOf(elements.ends, size);
        this.hashes = new long[size];
        for (int i = 0; i < size; i++) {
            hashes[i] = switch (sort(i)) {
                case VARIABLE -> 1;
                case ANY -> 2;
                default -> hash(text, starts[i], counted(i) ? singular(i) : ends[i]);
            };
        }
    }

    /** A word that a number counts: {@code 1 file} and {@code 2 files} say the same. */
    private boolean counted(int i) {
        return i > 0 && sort(i - 1) == Sort.VARIABLE && sort(i) == Sort.WORD;
    }

    private int singular(int i) {
        int end = ends[i];
        boolean plural =
                end - starts[i] > SHORTEST_PLURAL && text.charAt(end - 1) == 's' && text.charAt(end - 2) != 's';
        return plural ? end - 1 : end;
    }

    static Wording of(String text, SteeringRules rules) {
        int n = text.length();
        Elements elements = new Elements(n / 2 + 1);
        int i = 0;
        while (i < n) {
            int variable = placeholder(text, i);
            if (variable > 0) {
                elements.placeholder(i, variable);
                i = variable;
            } else if (inWord(text.charAt(i))) {
                int end = i;
                while (end < n && inWord(text.charAt(end))) {
                    end++;
                }
                addWord(elements, text, i, end, rules);
                i = end;
            } else {
                i++;
            }
        }
        return new Wording(text, elements);
    }

    String text() {
        return text;
    }

    int size() {
        return hashes.length;
    }

    long hash(int i) {
        return hashes[i];
    }

    Sort sort(int i) {
        return sorts[i];
    }

    String word(int i) {
        return text.substring(starts[i], ends[i]);
    }

    /** This template, widened so that {@code other}, of the same size, is one of its lines. */
    String widened(Wording other) {
        StringBuilder wide = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < hashes.length; i++) {
            wide.append(text, from, starts[i]);
            String own = word(i);
            boolean variable = sort(i) == Sort.VARIABLE;
            boolean same = !variable && hashes[i] == other.hashes[i];
            if (same || own.equals(other.word(i)) || sort(i) == Sort.ANY) {
                wide.append(own);
            } else if (variable && other.sort(i) == Sort.VARIABLE) {
                wide.append(ANY_VALUE);
            } else {
                wide.append(ANY_WORD);
            }
            from = ends[i];
        }
        return wide.append(text, from, text.length()).toString();
    }

    /** Elements as they are found; a template keeps them in as little as they need. */
    private static final class Elements {
        private final Sort[] sorts;
        private final short[] starts;
        private final short[] ends;
        private int size;

        private Elements(int most) {
            sorts = new Sort[most];
            starts = new short[most];
            ends = new short[most];
        }

        private void add(Sort sort, int start, int end) {
            sorts[size] = sort;
            starts[size] = (short) start;
            ends[size++] = (short) end;
        }

        private void placeholder(int start, int end) {
            if (end - start == ANY_WORD.length()) {
                add(Sort.ANY, start, end);
            } else if (size > 0 && sorts[size - 1] == Sort.VARIABLE) {
                ends[size - 1] = (short) end;
            } else {
                add(Sort.VARIABLE, start, end);
            }
        }
    }

    private static void addWord(Elements elements, String text, int start, int end, SteeringRules rules) {
        int from = start;
        int to = end;
        while (to > from && !CharClass.alphanumeric(text.charAt(to - 1)) && isDotOrDash(text.charAt(to - 1))) {
            to--;
        }
        while (from < to && isDotOrDash(text.charAt(from))) {
            from++;
        }
        boolean speaks = false;
        boolean loose = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            speaks |= CharClass.alphanumeric(c);
            loose |= CharClass.digit(c);
        }
        if (!speaks) {
            return;
        }
        int dot = text.lastIndexOf('.', to - 1);
        if (dot > from && !constant(text, dot + 1, to)) {
            loose = true;
        }
        elements.add(rules.keeps(text, from, to) ? Sort.FIXED : loose ? Sort.LOOSE : Sort.WORD, from, to);
    }

    private static boolean isDotOrDash(char c) {
        return c == '.' || c == '-' || c == '_' || c == '?' || c == '!';
    }

    private static boolean constant(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!CharClass.upper(text.charAt(i)) && text.charAt(i) != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean inWord(char c) {
        int kind = CharClass.of(c);
        return (kind & (CharClass.SPACE | CharClass.DELIMITER | CharClass.COLON | CharClass.SLASH)) == 0;
    }

    /** The end of {@code <name>} or {@code <*>} at {@code i}; -1 when none stands there. */
    private static int placeholder(String text, int i) {
        if (text.charAt(i) != '<') {
            return -1;
        }
        if (text.startsWith(ANY_WORD, i)) {
            return i + 3;
        }
        int p = i + 1;
        while (p < text.length() && text.charAt(p) >= 'a' && text.charAt(p) <= 'z') {
            p++;
        }
        return p > i + 1 && p < text.length() && text.charAt(p) == '>' ? p + 1 : -1;
    }

    private static long hash(String text, int start, int end) {
        long hash = 0xcbf29ce484222325L;
        for (int i = start; i < end; i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
