package io.faultprint.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a YAML or JSON file (by its ending; JSON only for {@code .json}) into settings with their lines. Keys may be
 * nested or dotted: {@code http: {port: 1}} and {@code http.port: 1} are the same.
 */
final class ConfigFile {

    private static final int MAX_DEPTH = 20;

    private final Path file;
    private final JsonParser parser;
    private final ConfigShape shape;
    private final List<ConfigSetting> settings = new ArrayList<>();

    private ConfigFile(Path file, JsonParser parser, ConfigShape shape) {
        this.file = file;
        this.parser = parser;
        this.shape = shape;
    }

    static List<ConfigSetting> read(Path file, ConfigShape shape) {
        JsonFactory factory = file.toString().endsWith(".json") ? new JsonFactory() : new YAMLFactory();
        factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = factory.createParser(in)) {
            ConfigFile reader = new ConfigFile(file, parser, shape);
            reader.document();
            return reader.settings;
        } catch (NoSuchFileException missing) {
            throw new UsageError("--config " + file + ": there is no such file", missing);
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 1
                    : malformed.getLocation().getLineNr();
            throw new UsageError(file + ":" + line + ": " + firstLine(malformed.getOriginalMessage()), malformed);
        } catch (IOException unreadable) {
            throw new UsageError("--config " + file + ": cannot be read: " + unreadable, unreadable);
        }
    }

    private void document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw new UsageError(at() + "a configuration is a map of keys, as in http.port: 4318");
        }
        object("", 0);
        if (parser.nextToken() != null) {
            throw new UsageError(at() + "a second document; a configuration is one");
        }
    }

    private void object(String prefix, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new UsageError(at() + "nested more than " + MAX_DEPTH + " levels deep");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = prefix + parser.currentName();
            String where = at() + path;
            JsonToken value = parser.nextToken();
            switch (value) {
                case START_OBJECT -> object(path + ".", depth + 1);
                case START_ARRAY -> settings.add(sequence(path, where));
                case VALUE_NULL -> nothing(path, where);
                default -> settings.add(new ConfigSetting(path, parser.getText(), null, where, "file"));
            }
        }
    }

    private ConfigSetting sequence(String path, String where) throws IOException {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                throw new UsageError(where + ": a list holds plain values only");
            }
            items.add(parser.getText());
        }
        return new ConfigSetting(path, String.join(",", items), items, where, "file");
    }

    /** A group whose keys are all commented out is fine; a key without its value is a mistake. */
    private void nothing(String path, String where) {
        if (!shape.isGroup(path) && shape.find(path).isPresent()) {
            throw new UsageError(where + ": has no value; leave the key out for its default");
        }
        if (!shape.isGroup(path)) {
            settings.add(new ConfigSetting(path, "", null, where, "file"));
        }
    }

    private String at() {
        return file + ":" + parser.currentTokenLocation().getLineNr() + ": ";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("cannot be understood");
    }
}
