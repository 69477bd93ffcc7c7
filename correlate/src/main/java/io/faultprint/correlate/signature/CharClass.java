package io.faultprint.correlate.signature;

/** What each character means to the scan; characters outside ASCII are letters, but for their few spaces. */
final class CharClass {

    static final int LETTER = 1;
    static final int DIGIT = 1 << 1;
    static final int COLON = 1 << 2;
    static final int SLASH = 1 << 3;
    static final int DOT = 1 << 4;
    static final int AT = 1 << 5;
    /** Joins parts of one word: dash, underscore, and the dollar of nested classes. */
    static final int JOINER = 1 << 6;
    /** Any other character that does not end a chunk. */
    static final int SYMBOL = 1 << 7;
    /** Ends a chunk and is kept. */
    static final int DELIMITER = 1 << 8;

    static final int SPACE = 1 << 9;

    private static final int[] TABLE = table();

    private static final byte[] NESTING = new byte[128];

    static {
        for (char c : "([{".toCharArray()) {
            NESTING[c] = 1;
        }
        for (char c : ")]}".toCharArray()) {
            NESTING[c] = -1;
        }
    }

    private CharClass() {}

    static int of(char c) {
        if (c < 128) {
            return TABLE[c];
        }
        return c == 0xA0 || c == 0x3000 || c == 0x2028 || c == 0x2029 ? SPACE : LETTER;
    }

    /** 1 for a bracket that opens, -1 for one that closes, else 0. */
    static int nesting(char c) {
        return c < 128 ? NESTING[c] : 0;
    }

    static boolean letter(char c) {
        return of(c) == LETTER;
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean hex(char c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean upper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean alphanumeric(char c) {
        return (of(c) & (LETTER | DIGIT)) != 0;
    }

    private static int[] table() {
        int[] t = new int[128];
        for (char c = 0; c < 128; c++) {
            t[c] = c <= ' ' || c == 127 ? SPACE : SYMBOL;
        }
        for (char c = '0'; c <= '9'; c++) {
            t[c] = DIGIT;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            t[c] = LETTER;
            t[Character.toUpperCase(c)] = LETTER;
        }
        for (char c : "\"'()[]{},;=|<>#`".toCharArray()) {
            t[c] = DELIMITER;
        }
        t[':'] = COLON;
        t['/'] = SLASH;
        t['.'] = DOT;
        t['@'] = AT;
        t['-'] = JOINER;
        t['_'] = JOINER;
        t['$'] = JOINER;
        return t;
    }
}
