package io.faultprint.serde;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * The committed versions of the record types: files {@code TYPE/VERSION.avsc}, listed in {@code index}, because a jar
 * cannot list its own folders. They hold no documentation, so that a better sentence is no new version.
 */
public final class SchemaHistory {

    private static final String FOLDER = "/io/faultprint/schemas/history/";

    private SchemaHistory() {}

    /** Every committed version of every record type, in the order of the index: by type, oldest first. */
    static List<Schema> all() {
        return lines("index").stream()
                .filter(line -> !line.isBlank())
                .map(file -> new Schema.Parser().parse(String.join("\n", lines(file))))
                .toList();
    }

    /** The committed versions of one record type, oldest first: element 0 is version 1. */
    public static List<Schema> of(String fullName) {
        return Held.BY_TYPE.getOrDefault(fullName, List.of());
    }

    /** Parsed when somebody first asks by type. */
    private static final class Held {
        static final Map<String, List<Schema>> BY_TYPE =
                all().stream().collect(Collectors.groupingBy(Schema::getFullName));
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
