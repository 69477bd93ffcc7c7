package io.faultprint.ingest;

import io.faultprint.ingest.file.FileGroup;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.letter.Horizon;
import io.faultprint.runtime.About;
import io.faultprint.runtime.ByteSize;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.settings.PartitionSettings;
import io.faultprint.settings.PulseSettings;
import io.faultprint.settings.RunSettings;
import io.faultprint.settings.WindowSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Everything that can be set about ingest. */
public record IngestConfig(
        Kafka kafka,
        RunSettings run,
        PartitionSettings partitions,
        WindowSettings window,
        Http http,
        Door door,
        State state,
        Redact redact,
        Time time,

        @About(
                "files to follow, files.NAME.paths=GLOB,… and of each NAME: service, or service-from (file, folder, "
                        + "folder-2 …); environment; zone of times that name none (default UTC); start (beginning or end, default end)")
        Map<String, String> files,

        Map<String, TopicSettings> topics,
        PulseSettings pulse,
        RegistrySettings registry) {

    public IngestConfig {
        FileGroup.of(files);
    }

    /** The broker. */
    public record Kafka(
            @Default("127.0.0.1:9092") @About("the broker's address, host:port, several joined by commas")
            String bootstrapServers,

            @About("properties passed to the Kafka clients as they are")
            Map<String, String> properties,

            @Default("10s") @About("how long Kafka may take to acknowledge a request before its sender gets 503")
            Duration delivery) {
        public Kafka {
            Require.text(bootstrapServers, "bootstrapServers");
            Require.that(delivery.toMillis() >= 2_000, "delivery", "Kafka needs at least 2 s");
            Require.that(delivery.toMinutes() < 10, "delivery", "senders give up earlier than that");
        }
    }

    /** The HTTP door. */
    public record Http(
            @Default("127.0.0.1") @About("address to listen on; 0.0.0.0 for every interface")
            String host,

            @Default("4318") @About("port for OTLP/HTTP and changes; 0 takes a free one")
            int port,

            @Default("16MiB") @About("most bytes of a request's body")
            ByteSize maxBody,

            @Default("32MiB") @About("most bytes of a body after inflation")
            ByteSize maxInflated,

            @Default("128MiB") @About("most bytes on their way at once, over all requests; beyond it the answer is 503")
            ByteSize maxInFlight,

            @Default("500000")
            @About(
                    "most records, attributes, values and list elements of a request; each costs about 64 bytes of memory")
            int maxParts,

            @Default("10s") @About("how long a request's body, or its head, may take to come before the answer is 408")
            Duration bodyDeadline,

            @Default("2000") @About("most open connections; beyond it new ones wait, and quiet ones are closed")
            int maxConnections) {
        public Http {
            Require.text(host, "host");
            Require.port(port, "port");
            Require.that(maxBody.bytes() >= 1024, "maxBody", "at least 1KiB");
            Require.that(maxInflated.bytes() >= maxBody.bytes(), "maxInflated", "at least http.max-body");
            Require.that(maxInflated.bytes() <= 512L << 20, "maxInflated", "at most 512MiB");
            Require.that(
                    maxInFlight.bytes() >= 4 * maxInflated.bytes(),
                    "maxInFlight",
                    "at least four times http.max-inflated, or the longest request would never fit");
            Require.that(maxParts >= 1_000, "maxParts", "at least 1000");
            Require.that(
                    maxInFlight.bytes() >= 4L * Parts.BYTES * maxParts,
                    "maxParts",
                    "at most a 256th of http.max-in-flight, or the richest request would never fit");
            Require.that(bodyDeadline.toMillis() >= 1_000, "bodyDeadline", "at least 1s");
            Require.that(
                    bodyDeadline.toMinutes() < 5,
                    "bodyDeadline",
                    "less than 5m: an open request holds back every window");
            Require.that(maxConnections >= 10, "maxConnections", "at least 10");
        }
    }

    /** Who this door is. */
    public record Door(
            @Default("")
            @About("id of the door in every event; empty keeps the one in state.dir, or takes otlp-http@host")
            String name) {}

    /** What must survive a restart. */
    public record State(
            @Default("faultprint-state/ingest") @About("directory for the door's id and epoch, its own for each ingest")
            Path dir) {}

    /** How secrets become tokens. */
    public record Redact(
            @Default(TokenKey.LOCAL)
            @About("key for the tokens that stand for secrets; set your own, it is part of ids")
            String key) {
        public Redact {
            Require.that(key.length() >= 16, "key", "at least 16 characters");
        }
    }

    /** Which event times are believed. */
    public record Time(
            @Default("5m") @About("how far ahead of its receipt an event may claim to be before it is clamped")
            Duration future) {
        public Time {
            Require.that(future.toMillis() >= 0, "future", "must not be negative");
            Require.that(future.compareTo(Horizon.EVENT) <= 0, "future", "at most a day: correlate believes no more");
        }
    }
}
