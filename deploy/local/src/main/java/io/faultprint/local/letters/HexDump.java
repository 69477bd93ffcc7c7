package io.faultprint.local.letters;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** Bytes for people: offset, sixteen bytes in hex, and as text what is text. */
final class HexDump {

    private static final int ROW = 16;

    private HexDump() {}

    /** The lines of at most so many bytes, and one that says how many are left out. */
    static List<String> of(byte[] bytes, int most) {
        List<String> lines = new ArrayList<>();
        int shown = Math.min(bytes.length, most);
        for (int from = 0; from < shown; from += ROW) {
            StringBuilder hex = new StringBuilder();
            StringBuilder text = new StringBuilder();
            for (int i = from; i < Math.min(shown, from + ROW); i++) {
                hex.append("%02x ".formatted(bytes[i]));
                boolean printable = bytes[i] >= 0x20 && bytes[i] < 0x7f;
                text.append(printable ? new String(bytes, i, 1, ISO_8859_1) : ".");
            }
            lines.add("%06x  %-48s %s".formatted(from, hex, text));
        }
        if (shown < bytes.length) {
            lines.add("… and %,d bytes more".formatted(bytes.length - shown));
        }
        return lines;
    }
}
