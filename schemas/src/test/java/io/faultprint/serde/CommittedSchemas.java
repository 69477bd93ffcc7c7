package io.faultprint.serde;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The committed versions as files of this module, where the tests read and record them: {@code
 * history/TYPE/VERSION.avsc}, the {@code index} of them, and the golden ids.
 */
final class CommittedSchemas {

    static final String PROPERTY = "faultprint.schemas.record";
    static final String COMMAND = "mvn -pl schemas -am test -Dtest=SchemaEvolutionTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + PROPERTY + "=";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HISTORY = Path.of("src/main/resources/io/faultprint/schemas/history");
    private static final Path IDS = Path.of("src/test/resources/io/faultprint/serde/schema-ids.tsv");

    /** One committed version. */
    record Version(String type, int number, Schema schema) {

        Path file() {
            return HISTORY.resolve(type).resolve(number + ".avsc");
        }
    }

    private CommittedSchemas() {}

    /** The versions in the folder, oldest first, by type. */
    static SortedMap<String, List<Version>> byType() {
        SortedMap<String, List<Version>> byType = new TreeMap<>();
        for (String line : lines(HISTORY.resolve("index"))) {
            int slash = line.indexOf('/');
            int number = Integer.parseInt(line, slash + 1, line.lastIndexOf('.'), 10);
            Version version = new Version(line.substring(0, slash), number, parse(HISTORY.resolve(line)));
            byType.computeIfAbsent(version.type(), type -> new ArrayList<>()).add(version);
        }
        return byType;
    }

    /** Adds the schemas that differ from their newest version: as the next one, or in place of the newest. */
    static void record(List<Schema> current, boolean replace) {
        for (Schema schema : current) {
            List<Version> versions = byType().getOrDefault(schema.getFullName(), List.of());
            Version newest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            if (newest == null || !same(newest.schema(), schema)) {
                int number = newest == null ? 1 : newest.number() + (replace ? 0 : 1);
                Version version = new Version(schema.getFullName(), number, schema);
                write(version.file(), pretty(withoutWords(schema)));
                index(version);
            }
        }
        write(IDS, ids());
    }

    /** The golden ids as they are committed. */
    static String goldenIds() {
        return String.join("\n", lines(IDS)) + "\n";
    }

    /** One line per version: type, version, id. */
    static String ids() {
        StringBuilder ids = new StringBuilder();
        byType().values().stream()
                .flatMap(List::stream)
                .forEach(version -> ids.append(version.type())
                        .append('\t')
                        .append(version.number())
                        .append('\t')
                        .append("0x%08x".formatted(BundledSchemas.idOf(version.schema())))
                        .append('\n'));
        return ids.toString();
    }

    /** Whether two schemas say the same but for documentation and the Java type of strings. */
    static boolean same(Schema one, Schema other) {
        return withoutWords(one).equals(withoutWords(other));
    }

    private static void index(Version added) {
        SortedMap<String, List<Version>> byType = byType();
        List<Version> versions = byType.computeIfAbsent(added.type(), type -> new ArrayList<>());
        if (versions.stream().noneMatch(version -> version.number() == added.number())) {
            versions.add(added);
        }
        StringBuilder index = new StringBuilder();
        byType.values().stream()
                .flatMap(List::stream)
                .forEach(version -> index.append(version.type())
                        .append('/')
                        .append(version.number())
                        .append(".avsc\n"));
        write(HISTORY.resolve("index"), index.toString());
    }

    private static JsonNode withoutWords(Schema schema) {
        try {
            return withoutWords(JSON.readTree(schema.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withoutWords(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("type")) {
            object.remove("doc");
            object.remove("avro.java.string");
            if (object.size() == 1 && object.get("type").isTextual()) {
                return object.get("type");
            }
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                entry.setValue(withoutWords(entry.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutWords(array.get(i)));
            }
        }
        return node;
    }

    private static String pretty(JsonNode node) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        try {
            return JSON.writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(indenter)
                                    .withArrayIndenter(indenter))
                            .writeValueAsString(node)
                    + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(Path file) {
        return new Schema.Parser().parse(String.join("\n", lines(file)));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
