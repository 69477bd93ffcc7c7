package io.faultprint.serde;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The committed versions of the record types: files {@code TYPE/VERSION.avsc}, listed in {@code index}, because a jar
 * cannot list its own folders. They hold no documentation, so that a better sentence is no new version.
 */
final class SchemaHistory {

    private static final String FOLDER = "/io/faultprint/schemas/history/";

    private SchemaHistory() {}

    /** Every committed version of every record type, in the order of the index: by type, oldest first. */
    static List<Schema> all() {
        return lines("index").stream()
                .filter(line -> !line.isBlank())
                .map(file -> new Schema.Parser().parse(String.join("\n", lines(file))))
                .toList();
    }

    private static List<String> lines(String file) {
        String resource = FOLDER + file;
        try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
