package io.faultprint.local.up;

import io.faultprint.serde.registry.RegistrySettings;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A Kafka and an OpenSearch of the user's, used instead of children of this process.
 *
 * @param kafka the broker's address, host:port, several joined by commas
 * @param properties of the Kafka clients, as for security
 * @param openSearch scheme, host and port
 * @param registry the schema registry; not configured for bundled schema ids
 */
public record OwnServers(String kafka, Map<String, String> properties, String openSearch, RegistrySettings registry) {

    public OwnServers {
        properties = Map.copyOf(properties);
    }

    /** As settings of a stage. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        properties.forEach((key, value) -> settings.put("kafka.properties." + key, value));
        if (registry.configured()) {
            settings.put(
                    "registry.url", registry.url().stream().map(URI::toString).collect(Collectors.joining(",")));
            settings.put(
                    "registry.subjects",
                    registry.subjects().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            settings.put("registry.auto-register", Boolean.toString(registry.autoRegister()));
            settings.put("registry.timeout", registry.timeout().toMillis() + "ms");
            registry.properties().forEach((key, value) -> settings.put("registry.properties." + key, value));
        }
        return settings;
    }
}
