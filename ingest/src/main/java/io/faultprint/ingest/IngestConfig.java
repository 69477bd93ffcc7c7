package io.faultprint.ingest;

import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.runtime.About;
import io.faultprint.runtime.ByteSize;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Everything that can be set about ingest. */
public record IngestConfig(
        Kafka kafka,
        Run run,
        Partitions partitions,
        Window window,
        Http http,
        Door door,
        State state,
        Redact redact,
        Time time) {

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

    /** The run that topics belong to. */
    public record Run(
            @Default("faultprint") @About("first part of all topic names")
            String prefix,

            @Default("") @About("id of a run of its own; empty for the long-lived one")
            String id) {
        public Run {
            new io.faultprint.topic.Run(prefix, id);
        }
    }

    /** The partition counts; fixed for a run. */
    public record Partitions(
            @Default("4") @About("partitions of the event topics")
            int events,

            @Default("1") @About("partitions of incidents and what follows")
            int incidents) {
        public Partitions {
            Require.that(events >= 1, "events", "at least 1");
            Require.that(incidents >= 1, "incidents", "at least 1");
        }
    }

    /** How event time is cut; the same for every stage. */
    public record Window(
            @Default("10s") @About("length of a window") Duration size,

            @Default("15s") @About("how long a window waits for events that come late")
            Duration lateness) {
        public Window {
            Require.that(size.toMillis() > 0, "size", "a window must be longer than 0 s");
            Require.that(lateness.toMillis() >= 0, "lateness", "must not be negative");
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
            ByteSize maxInFlight) {
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
        }
    }
}
