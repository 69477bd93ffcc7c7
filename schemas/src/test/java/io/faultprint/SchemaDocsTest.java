package io.faultprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every schema of the repository, contract or state: what stands in it is explained in it. */
class SchemaDocsTest {

    /** Whole numbers that count something; every other {@code long} is a time or a duration. */
    private static final Set<String> COUNTS = Set.of(
            "calls",
            "count",
            "deadLettered",
            "dropped",
            "duplicated",
            "epoch",
            "errorLogs",
            "errors",
            "flood",
            "in",
            "inputTokens",
            "kept",
            "lag",
            "late",
            "logs",
            "order",
            "outputTokens",
            "points",
            "spanErrors",
            "spans",
            "windowCount");

    @TestFactory
    Stream<DynamicTest> everySchemaExplainsItself() throws IOException {
        Path root = Path.of(System.getProperty("faultprint.root", ".."));
        List<Path> folders = Stream.of("schemas", "ingest", "correlate", "diagnose")
                .map(module -> root.resolve(module).resolve("src/main/avro"))
                .filter(Files::isDirectory)
                .toList();
        assertThat(folders).isNotEmpty();
        return folders.stream()
                .flatMap(SchemaDocsTest::schemas)
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> explains(file)));
    }

    private static void explains(Path file) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(file.toFile());
        String name = schema.get("name").asText();

        assertSense(name, schema.path("doc").asText());
        for (JsonNode field : schema.path("fields")) {
            String what = name + "." + field.get("name").asText();
            String doc = field.path("doc").asText();
            assertSense(what, doc);
            String unit = unit(field);
            assertThat(doc)
                    .as(what + ": name the unit in its doc (a long that counts belongs into COUNTS of this test)")
                    .contains(unit);
        }
    }

    private static void assertSense(String what, String doc) {
        assertThat(doc)
                .as(
                        what
                                + ": its doc must be a sentence, with a full stop: what it means, its unit, where it comes from")
                .matches("(?s)\\S.{3,}\\.\\)?");
    }

    private static String unit(JsonNode field) {
        String name = field.get("name").asText();
        if (name.endsWith("Nanos")) {
            return "nanoseconds";
        }
        if (name.endsWith("Millis")) {
            return "milliseconds";
        }
        JsonNode type = field.get("type");
        boolean optional = Stream.of(0, 1).anyMatch(i -> type.path(i).asText().equals("long"));
        boolean whole = type.asText().equals("long") || optional;
        return whole && !COUNTS.contains(name) ? "milliseconds" : "";
    }

    private static Stream<Path> schemas(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
