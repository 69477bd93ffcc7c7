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
 * @param origin where it was when it was first followed: whose lines it holds does not change with its name
 * @param head its first bytes
 * @param offset where the first line begins that is not acknowledged
 * @param line which line that is, from 0
 */
record Checkpoint(String id, String key, String group, Path path, Path origin, Head head, long offset, long line) {

    private static final int FIELDS = 9;

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
                encoded(path.toString()),
                encoded(origin.toString()));
    }

    /** The same in another place. */
    Checkpoint at(String otherKey, String otherGroup, Path other) {
        return new Checkpoint(id, otherKey, otherGroup, other, origin, head, offset, line);
    }

    /** The same with another beginning: it was short when it was first seen. */
    Checkpoint with(Head longer) {
        return new Checkpoint(id, key, group, path, origin, longer, offset, line);
    }

    /** The same once more is read of it. */
    Checkpoint reached(Path now, long further, long lines) {
        return new Checkpoint(id, key, group, now, origin, head, further, lines);
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
        return new Checkpoint(
                parts[0],
                parts[1],
                decoded(parts[6]),
                Path.of(decoded(parts[7])),
                Path.of(decoded(parts[8])),
                head,
                offset,
                line);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
