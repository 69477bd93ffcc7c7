package io.faultprint.local;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Properties of the Kafka clients, one by one and from a file, as Kafka's own tools take one with {@code --command-config}: a
 * password in a command line is seen by everybody on the machine.
 */
final class ClientOptions {

    static final String VARIABLE = "FAULTPRINT_KAFKA_CONFIG";

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "A file of KEY=VALUE lines for the Kafka clients, as of Kafka's own tools; or " + VARIABLE
                    + ". Its bootstrap.servers is passed over.")
    private @Nullable Path file;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "One more property, before those of the file; may be repeated.")
    private Map<String, String> properties = new TreeMap<>();

    /** Whether any was asked for by a flag. */
    boolean given() {
        return file != null || !properties.isEmpty();
    }

    /** The flag that was given, for who complains of it. */
    String flag() {
        return file == null ? "--kafka-property" : "--kafka-config";
    }

    /**
     * All of them.
     *
     * @throws UsageError when the file cannot be read
     */
    Map<String, String> all(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>();
        if (file != null) {
            all.putAll(read("--kafka-config", file));
        } else if (!environment.getOrDefault(VARIABLE, "").isEmpty()) {
            all.putAll(read(VARIABLE, Path.of(environment.getOrDefault(VARIABLE, ""))));
        }
        all.putAll(properties);
        return all;
    }

    /** The lines of a file that was named so. */
    static Map<String, String> read(String named, Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageError(
                    named + " " + file + ": cannot be read (" + unreadable + "); give a file of KEY=VALUE lines",
                    unreadable);
        }
        Map<String, String> read = new TreeMap<>();
        lines.stringPropertyNames().forEach(key -> read.put(key, lines.getProperty(key)));
        read.remove("bootstrap.servers");
        return read;
    }
}
