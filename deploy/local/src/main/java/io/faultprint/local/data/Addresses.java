package io.faultprint.local.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a running local Faultprint can be reached.
 *
 * @param pid its process
 * @param otlp base address of the OTLP/HTTP door, as exporters want it
 * @param openSearch base address of OpenSearch
 * @param kafka the broker, host:port
 * @param admin base address of health and metrics
 */
public record Addresses(long pid, String otlp, String openSearch, String kafka, String admin) {

    private static final String FILE = "addresses.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    void write(Path root) {
        try {
            Path fresh = Files.writeString(root.resolve(FILE + ".new"), JSON.writeValueAsString(this) + "\n");
            Files.move(fresh, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static @Nullable Addresses read(Path root) {
        try {
            return JSON.readValue(Files.readString(root.resolve(FILE)), Addresses.class);
        } catch (NoSuchFileException | JsonProcessingException notThere) {
            // Another version's file is as good as none: the caller says that no node can be reached.
            return null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void delete(Path root) {
        try {
            Files.deleteIfExists(root.resolve(FILE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
