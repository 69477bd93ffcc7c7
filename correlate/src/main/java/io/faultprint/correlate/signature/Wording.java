package io.faultprint.correlate.signature;

import java.util.ArrayList;
import java.util.List;

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
        ANY
    }

    /** One element: {@code [start, end)} of the text. */
    record Element(Sort sort, int start, int end) {}

    private final String text;
    private final List<Element> elements;
    private final long[] hashes;

    private Wording(String text, List<Element> elements) {
        this.text = text;
        this.elements = elements;
        this.hashes = new long[elements.size()];
        for (int i = 0; i < hashes.length; i++) {
            Element e = elements.get(i);
            hashes[i] = switch (e.sort) {
                case VARIABLE -> 1;
                case ANY -> 2;
                default -> hash(text, e.start, counted(i) ? singular(e) : e.end);
            };
        }
    }

    /** A word that a number counts: {@code 1 file} and {@code 2 files} say the same. */
    private boolean counted(int i) {
        return i > 0 && elements.get(i - 1).sort == Sort.VARIABLE && elements.get(i).sort == Sort.WORD;
    }

    private int singular(Element word) {
        boolean plural = word.end - word.start > SHORTEST_PLURAL
                && text.charAt(word.end - 1) == 's'
                && text.charAt(word.end - 2) != 's';
        return plural ? word.end - 1 : word.end;
    }

    static Wording of(String text) {
        List<Element> elements = new ArrayList<>();
        int n = text.length();
        int i = 0;
        while (i < n) {
            int variable = placeholder(text, i);
            if (variable > 0) {
                addPlaceholder(elements, i, variable);
                i = variable;
            } else if (inWord(text.charAt(i))) {
                int end = i;
                while (end < n && inWord(text.charAt(end))) {
                    end++;
                }
                addWord(elements, text, i, end);
                i = end;
            } else {
                i++;
            }
        }
        return new Wording(text, elements);
    }

    int size() {
        return hashes.length;
    }

    long hash(int i) {
        return hashes[i];
    }

    Sort sort(int i) {
        return elements.get(i).sort;
    }

    /** This template, widened so that {@code other}, of the same size, is one of its lines. */
    String widened(Wording other) {
        StringBuilder wide = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < hashes.length; i++) {
            Element mine = elements.get(i);
            Element theirs = other.elements.get(i);
            wide.append(text, from, mine.start);
            String own = text.substring(mine.start, mine.end);
            boolean same = mine.sort != Sort.VARIABLE && hashes[i] == other.hashes[i];
            if (same || own.equals(other.text.substring(theirs.start, theirs.end)) || mine.sort == Sort.ANY) {
                wide.append(own);
            } else if (mine.sort == Sort.VARIABLE && theirs.sort == Sort.VARIABLE) {
                wide.append(ANY_VALUE);
            } else {
                wide.append(ANY_WORD);
            }
            from = mine.end;
        }
        return wide.append(text, from, text.length()).toString();
    }

    private static void addPlaceholder(List<Element> elements, int start, int end) {
        if (end - start == 3) {
            elements.add(new Element(Sort.ANY, start, end));
            return;
        }
        int last = elements.size() - 1;
        if (last >= 0 && elements.get(last).sort == Sort.VARIABLE) {
            elements.set(last, new Element(Sort.VARIABLE, elements.get(last).start, end));
        } else {
            elements.add(new Element(Sort.VARIABLE, start, end));
        }
    }

    private static void addWord(List<Element> elements, String text, int start, int end) {
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
        elements.add(new Element(loose ? Sort.LOOSE : Sort.WORD, from, to));
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
