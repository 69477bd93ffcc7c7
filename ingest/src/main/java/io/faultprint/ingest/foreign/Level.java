package io.faultprint.ingest.foreign;

/** Levels that are numbers; words are the normaliser's. */
final class Level {

    private static final int[] SYSLOG = {21, 19, 18, 17, 13, 10, 9, 5};

    private Level() {}

    /**
     * OpenTelemetry's number of a level that is written as a number: journald's 0 to 7 (as in {@code PRIORITY}), pino's and
     * bunyan's 10 to 60; 0 for anything else.
     */
    static int ofNumber(String text) {
        if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '7') {
            return SYSLOG[text.charAt(0) - '0'];
        }
        boolean pino = text.length() == 2 && text.charAt(1) == '0' && text.charAt(0) >= '1' && text.charAt(0) <= '6';
        return pino ? (text.charAt(0) - '1') * 4 + 1 : 0;
    }
}
