package io.faultprint.correlate.signature;

/**
 * Tells a person's or account's name from a word of the code by its neighbours: {@code user NAME from}, {@code for user
 * NAME}, {@code user "NAME"}, {@code for NAME from 10.0.0.1}; and a program's: {@code comm NAME}, {@code process 12 (NAME)}. Keeps the last two words of the line being scanned.
 */
final class Names {

    private static final Words USERS = Words.of("user", "User", "username");
    private static final Words BEFORE_USER = Words.of("for", "of", "by", "invalid", "illegal", "Invalid", "Illegal");
    private static final Words FAILURES = Words.of("failures", "failure", "password", "publickey");
    private static final Words COMMAND = Words.of("comm", "Comm", "dev");
    private static final Words PROCESS = Words.of("process", "Process");
    private static final String[] AFTER_NAME = {"from", "by", "at", "on", "via", "with"};

    private int lastStart;
    private int lastEnd;
    private int beforeStart;
    private int beforeEnd;

    void newLine() {
        lastStart = 0;
        lastEnd = 0;
        beforeStart = 0;
        beforeEnd = 0;
    }

    void passed(int start, int end) {
        beforeStart = lastStart;
        beforeEnd = lastEnd;
        lastStart = start;
        lastEnd = end;
    }

    boolean person(char[] t, int start, int end, int n) {
        if (lastEnd == 0 || t[lastEnd] != ' ') {
            return false;
        }
        if (start == lastEnd + 2 && end < n && t[end] == t[start - 1] && (t[end] == '"' || t[end] == '\'')) {
            return USERS.has(t, lastStart, lastEnd);
        }
        if (end < n && t[end] == ')' && t[start - 1] == '(') {
            return PROCESS.has(t, lastStart, lastEnd) && CharClass.digit(t[lastEnd + 1]);
        }
        if (start != lastEnd + 1) {
            return false;
        }
        if (COMMAND.has(t, lastStart, lastEnd)) {
            return true;
        }
        if (Shapes.is("for", t, lastStart, lastEnd)) {
            if (beforeEnd == lastStart - 1 && FAILURES.has(t, beforeStart, beforeEnd)) {
                return true;
            }
            return follows("from", t, end, n) && end + 6 < n && CharClass.digit(t[end + 6]);
        }
        if (!USERS.has(t, lastStart, lastEnd)) {
            return false;
        }
        boolean last = end == n || (t[end] == '.' && end + 1 == n);
        if (last || (t[end] == ' ' && end + 1 < n && (t[end + 1] == '[' || t[end + 1] == '('))) {
            return beforeEnd == lastStart - 1 && BEFORE_USER.has(t, beforeStart, beforeEnd);
        }
        for (String word : AFTER_NAME) {
            if (follows(word, t, end, n)) {
                return true;
            }
        }
        return false;
    }

    private static boolean follows(String word, char[] t, int end, int n) {
        int stop = end + 1 + word.length();
        return stop < n && t[end] == ' ' && t[stop] == ' ' && Shapes.is(word, t, end + 1, stop);
    }
}
