package io.faultprint.ingest.foreign;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import java.util.List;

/** How one foreign topic is read: keys {@code topics.NAME.*}. */
public record TopicSettings(
        @About("what the topic's records are: otlp-logs-protobuf, otlp-logs-json, the same with metrics or spans,"
                + " fluent-bit, ecs, vector, collectd, syslog or text")
        Format format,

        @Default("") @About("the service of records that name none")
        String service,

        @Default("")
        @About(
                "fields that name the service, before the format's own, the first that is there: dotted paths in JSON, or kafka.key")
        List<String> serviceFrom,

        @Default("") @About("the environment of records that name none")
        String environment,

        @Default("now")
        @About(
                "where a topic is begun that was never read before: now, or earliest. Records of long ago are late unless nothing newer was seen")
        Beginning from) {

    /** A record's key, as a field that can name the service. */
    static final String KEY = "kafka.key";

    /** Where a topic is begun that was never read before. */
    public enum Beginning {
        /** At the first record that was appended within the lateness before the start. */
        NOW,
        /** At the first record that is kept. */
        EARLIEST
    }

    public TopicSettings {
        serviceFrom = List.copyOf(serviceFrom);
        Require.that(service.length() <= 256, "service", "at most 256 characters");
        Require.that(environment.length() <= 256, "environment", "at most 256 characters");
        Require.that(
                serviceFrom.stream().noneMatch(String::isBlank), "serviceFrom", "a field without a name is among them");
        boolean fields = format.hasFields();
        Require.that(
                fields || serviceFrom.stream().allMatch(KEY::equals),
                "serviceFrom",
                format.written() + " has no fields of that kind; only " + KEY
                        + " can name the service, or set service");
        Require.that(
                format.namesServices() || !service.isEmpty() || !serviceFrom.isEmpty(),
                "service",
                "records of format " + format.written() + " name no service; set one, or service-from="
                        + (fields ? "host" : KEY));
    }

    /** A topic of this format with nothing else set; for formats whose records name their services. */
    public static TopicSettings of(Format format) {
        return new TopicSettings(format, "", List.of(), "", Beginning.NOW);
    }
}
