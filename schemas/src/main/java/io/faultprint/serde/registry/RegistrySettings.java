package io.faultprint.serde.registry;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where schema ids come from: keys {@code registry.*}. Without an address they are the bundled ones. */
public record RegistrySettings(
        @Default("")
        @About(
                "address of a registry with Confluent's API, as in http://127.0.0.1:8081, several of one registry joined by commas; empty for bundled schema ids")
        List<URI> url,

        @Default("topic-record")
        @About("how subjects are named: topic-record (faultprint.logs-io.faultprint.event.LogEvent), record, or topic")
        SubjectNames subjects,

        @Default("false")
        @About("register what is missing when a stage starts; otherwise faultprint setup has to have done it")
        boolean autoRegister,

        @Default("5s") @About("how long the registry may take to answer a question")
        Duration timeout,

        @About("properties passed to Confluent's client as they are, for authentication and TLS")
        Map<String, String> properties) {

    /** No registry: bundled ids. */
    public static final RegistrySettings NONE =
            new RegistrySettings(List.of(), SubjectNames.TOPIC_RECORD, false, Duration.ofSeconds(5), Map.of());

    public RegistrySettings {
        url = List.copyOf(url);
        properties = Map.copyOf(properties);
        for (URI address : url) {
            Require.that(
                    ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                            && address.getHost() != null,
                    "url",
                    "give scheme and host, as in http://127.0.0.1:8081");
            Require.that(
                    address.getRawUserInfo() == null,
                    "url",
                    "must hold no name and password, because it is shown in logs; set"
                            + " registry.properties.basic.auth.credentials.source=USER_INFO and"
                            + " registry.properties.basic.auth.user.info instead");
            Require.that(
                    address.getRawQuery() == null && address.getRawFragment() == null,
                    "url",
                    "must end with the path of the API, without a query");
        }
        Require.that(timeout.toMillis() >= 100, "timeout", "at least 100ms");
        Require.that(timeout.toMillis() <= 60_000, "timeout", "at most 60s");
        for (String key : properties.keySet()) {
            // The client passes over what it does not know, and would go on without the trust that somebody meant to
            // set.
            Require.that(
                    !key.startsWith("ssl."),
                    "properties",
                    key + " is not read by the client; write registry.properties.schema.registry." + key);
        }
    }

    /** Whether a registry is meant at all. */
    public boolean configured() {
        return !url.isEmpty();
    }

    /** The registry, as people are told of it. */
    public String place() {
        return "registry.url " + url.stream().map(URI::toString).collect(Collectors.joining(","));
    }
}
