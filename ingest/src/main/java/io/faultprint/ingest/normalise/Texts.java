package io.faultprint.ingest.normalise;

import io.faultprint.ingest.redact.Redactor;

/** Text as it may leave ingest: redacted, and no longer than its bound. */
final class Texts {

    /** A text bounded to some bytes, and how many UTF-8 bytes of it were cut. */
    record Cut(String text, int bytes) {}

    /**
     * How much is scanned beyond the bound, so that a secret that straddles it is still seen whole. One that is longer
     * is recognised by its beginning and hidden to the end of what is scanned.
     */
    private static final int SLACK = 4 << 10;

    private final Redactor redactor;

    Texts(Redactor redactor) {
        this.redactor = redactor;
    }

    Cut bounded(String text, int bytes) {
        Cut first = cut(text, bytes + SLACK);
        Cut second = cut(redactor.redact(first.text()), bytes);
        return new Cut(second.text(), first.bytes() + second.bytes());
    }

    Cut bounded(String name, String value, int bytes) {
        Cut first = cut(value, bytes + SLACK);
        Cut second = cut(redactor.redact(name, first.text()), bytes);
        return new Cut(second.text(), first.bytes() + second.bytes());
    }

    static Cut cut(String text, int limit) {
        int length = text.length();
        if (length * 3L <= limit) {
            return new Cut(text, 0);
        }
        int bytes = 0;
        int end = -1;
        for (int i = 0; i < length; ) {
            int point = text.codePointAt(i);
            int next = bytes + bytesOf(point);
            if (end < 0 && next > limit) {
                end = i;
            }
            bytes = next;
            i += Character.charCount(point);
        }
        if (end < 0) {
            return new Cut(text, 0);
        }
        String kept = text.substring(0, beforeToken(text, end));
        return new Cut(kept, bytes - bytes(kept));
    }

    /** A token cut in half would be a different word on every line: it goes as a whole. */
    private static int beforeToken(String text, int end) {
        int open = text.lastIndexOf('<', end - 1);
        boolean inside = open >= 0 && end - open < 24 && text.indexOf('>', open) >= end;
        return inside ? open : end;
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            bytes += bytesOf(point);
            i += Character.charCount(point);
        }
        return bytes;
    }

    private static int bytesOf(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
