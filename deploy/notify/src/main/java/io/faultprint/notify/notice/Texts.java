package io.faultprint.notify.notice;

/** A text of the records in bounded length: receivers have limits, and pagers have small screens. */
final class Texts {

    private static final int MOST = 1_000;

    private Texts() {}

    static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + "…";
    }
}
