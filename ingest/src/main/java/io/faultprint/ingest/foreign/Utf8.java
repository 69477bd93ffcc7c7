package io.faultprint.ingest.foreign;

import java.nio.charset.StandardCharsets;

/** Bytes as text. Lines of daemons may be in any encoding: what is no UTF-8 becomes U+FFFD, and the line is kept. */
final class Utf8 {

    private Utf8() {}

    /** The text without a byte order mark at its beginning and line ends at its end. */
    static String line(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        int end = text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }
}
