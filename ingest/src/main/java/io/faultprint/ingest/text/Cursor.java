package io.faultprint.ingest.text;

/** A place in a text that moves on as parts are recognised; what is not there leaves it where it was. */
final class Cursor {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String DAYS = "montuewedthufrisatsun";

    private final String text;
    private int at;

    Cursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    void to(int place) {
        at = place;
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    boolean ended() {
        return at >= text.length();
    }

    /** A number of so many digits, and no digit behind it; -1 when there is none. */
    int number(int least, int most) {
        int end = at;
        int value = 0;
        while (end < text.length() && end - at < most && isDigit(text.charAt(end))) {
            value = value * 10 + text.charAt(end++) - '0';
        }
        if (end - at < least || (end < text.length() && isDigit(text.charAt(end)))) {
            return -1;
        }
        at = end;
        return value;
    }

    /** Exactly so many digits, whatever follows; -1 when they are not there. */
    int digits(int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            if (i >= text.length() || !isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        at += count;
        return value;
    }

    /** How many digits stand here. */
    int run() {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end - at;
    }

    boolean take(char c) {
        if (peek() != c || ended()) {
            return false;
        }
        at++;
        return true;
    }

    boolean takeOneOf(String characters) {
        if (ended() || characters.indexOf(peek()) < 0) {
            return false;
        }
        at++;
        return true;
    }

    boolean take(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    void spaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    /** A month's English name of three letters, or whole; 0 when none stands here. */
    int month() {
        int found = name(MONTHS);
        if (found > 0) {
            while (Character.isLetter(peek())) {
                at++;
            }
        }
        return found;
    }

    /** Passes over a day's English name of three letters. */
    boolean dayName() {
        return name(DAYS) > 0 && !Character.isLetter(peek());
    }

    private int name(String names) {
        for (int i = 0; i < names.length(); i += 3) {
            if (text.regionMatches(true, at, names, i, 3)) {
                at += 3;
                return i / 3 + 1;
            }
        }
        return 0;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
