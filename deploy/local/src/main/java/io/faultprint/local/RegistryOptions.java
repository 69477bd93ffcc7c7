package io.faultprint.local;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.registry.RegistrySettings;
import io.faultprint.serde.registry.TopicSchemas;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What a command that reads records of a Kafka of the user's needs to know of its schema registry. */
final class RegistryOptions {

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "With --kafka: the schema registry that the stages use (their registry.url).")
    private String registry = "";

    @Option(
            names = "--registry-property",
            paramLabel = "KEY=VALUE",
            description = "A property of the registry's client, as for security; may be repeated.")
    private Map<String, String> properties = new TreeMap<>();

    /** What reads the records; without a registry, those with bundled ids alone. */
    TopicSchemas open() {
        if (registry.isEmpty()) {
            if (!properties.isEmpty()) {
                throw new UsageError("--registry-property: is for a registry; name it with --registry URL");
            }
            return TopicSchemas.reading(RegistrySettings.NONE);
        }
        Map<String, String> keys = new HashMap<>(Map.of("url", registry));
        properties.forEach((key, value) -> keys.put("properties." + key, value));
        try {
            return TopicSchemas.reading(ConfigLoader.of(RegistrySettings.class, keys));
        } catch (UsageError wrong) {
            throw new UsageError("--registry: " + wrong.getMessage(), wrong);
        }
    }
}
