package io.faultprint.ingest.file;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How far one file was read and acknowledged by Kafka.
 *
 * @param id what its lines are known by; another one each time the file begins anew
 * @param key device and inode
 * @param group the group it belongs to
 * @param path where it was last
 * @param head its first bytes
 * @param offset where the first line begins that is not acknowledged
 * @param line which line that is, from 0
 */
record Checkpoint(String id, String key, String group, Path path, Head head, long offset, long line) {

    private static final int FIELDS = 8;

    String text() {
        return String.join(
                "\t",
                id,
                key,
                Long.toString(offset),
                Long.toString(line),
                Integer.toString(head.length()),
                head.hash(),
                encoded(group),
                encoded(path.toString()));
    }

    /** @throws IllegalArgumentException when it is none */
    static Checkpoint of(String text) {
        String[] parts = text.split("\t", -1);
        if (parts.length != FIELDS) {
            throw new IllegalArgumentException("a checkpoint has " + FIELDS + " fields, not " + parts.length);
        }
        Head head = new Head(Integer.parseInt(parts[4]), parts[5]);
        long offset = Long.parseLong(parts[2]);
        long line = Long.parseLong(parts[3]);
        if (offset < 0 || line < 0 || head.length() < 0 || head.length() > Head.LONGEST) {
            throw new IllegalArgumentException("numbers of a checkpoint are not negative");
        }
        return new Checkpoint(parts[0], parts[1], decoded(parts[6]), Path.of(decoded(parts[7])), head, offset, line);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
