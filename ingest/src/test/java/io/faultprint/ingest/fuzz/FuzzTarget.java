package io.faultprint.ingest.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is fuzzed. Each target takes any bytes at all, and fails when a property of it does not hold. */
enum FuzzTarget {
    OTLP_JSON,
    OTLP_PROTOBUF,
    CHANGES,
    REPLAY,
    GZIP,
    AVRO_BODY,
    AVRO_WIRE,
    REDACT,
    REDACT_REPEATED;

    /** Throws when the property does not hold for this input. */
    void run(byte[] input) {
        switch (this) {
            case OTLP_JSON -> OtlpTarget.json(input);
            case OTLP_PROTOBUF -> OtlpTarget.protobuf(input);
            case CHANGES -> OtherTargets.changes(input);
            case REPLAY -> ReplayTarget.file(input);
            case GZIP -> OtherTargets.gzip(input);
            case AVRO_BODY -> AvroTarget.body(input);
            case AVRO_WIRE -> AvroTarget.wire(input);
            case REDACT -> OtherTargets.redact(input);
            case REDACT_REPEATED -> OtherTargets.redactRepeated(input);
        }
    }

    /** What it is called on the command line, and the folder of its kept inputs. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FuzzTarget named(String title) {
        return Stream.of(values())
                .filter(target -> target.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fuzz.target " + title + ": known are "
                        + Stream.of(values()).map(FuzzTarget::title).toList()));
    }

    /** Its kept inputs, below the working directory, which is the module's. */
    Path corpus() {
        return Path.of("src/test/resources/fuzz").resolve(title());
    }

    /** Every kept input, by name. */
    List<Path> inputs() {
        try (Stream<Path> files = Files.list(corpus())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
