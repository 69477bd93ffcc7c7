package io.faultprint.local;

import io.faultprint.local.setup.SetupConfig;
import io.faultprint.local.up.OwnServers;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A Kafka and an OpenSearch of the user's, the same in every command that takes them. */
final class ServerOptions {

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "A Kafka of yours, several joined by commas.")
    private String kafka = "";

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Option(names = "--opensearch", paramLabel = "URL", description = "An OpenSearch of yours, as http://HOST:PORT.")
    private String openSearch = "";

    @Option(names = "--registry", paramLabel = "URL", description = "A schema registry of yours (Confluent's API).")
    private String registry = "";

    @Option(
            names = "--registry-property",
            paramLabel = "KEY=VALUE",
            description = "A property of the registry's client, as for security; may be repeated.")
    private Map<String, String> registryProperties = new TreeMap<>();

    @Option(names = "--prefix", paramLabel = "NAME", description = "run.prefix (default faultprint).")
    private String prefix = "";

    /** A run under the prefix that was given. */
    Run run(String id) {
        try {
            return new Run(prefix.isEmpty() ? Run.MAIN.prefix() : prefix, id);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError("--prefix " + prefix + ": use lower-case letters, digits and dashes", wrong);
        }
    }

    /**
     * The servers, when any are named: then both must be. What is not given by a flag, as the registry or security, is taken
     * from where {@code setup} takes it.
     *
     * @param environment usually {@link System#getenv()}
     */
    Optional<OwnServers> own(Map<String, String> environment) {
        if (kafka.isEmpty() && openSearch.isEmpty()) {
            if (client.given()) {
                throw new UsageError(client.flag() + ": is for a Kafka of yours; name it with --kafka HOST:PORT");
            }
            if (!registryProperties.isEmpty() && registry.isEmpty()) {
                throw new UsageError("--registry-property: is for a registry; name it with --registry URL");
            }
            if (!registry.isEmpty()) {
                throw new UsageError("--registry " + registry
                        + ": is for servers of yours; name them with --kafka HOST:PORT --opensearch URL");
            }
            return Optional.empty();
        }
        if (kafka.isEmpty() || openSearch.isEmpty()) {
            throw new UsageError(
                    (kafka.isEmpty()
                            ? "--opensearch " + openSearch + ": name the Kafka too, with --kafka HOST:PORT"
                            : "--kafka " + kafka + ": name the OpenSearch too, with --opensearch URL"));
        }
        SetupConfig config = new ConfigLoader("setup", List.of(SetupConfig.class))
                .load(flags(environment), environment)
                .get(SetupConfig.class);
        return Optional.of(new OwnServers(kafka, config.kafka().properties(), openSearch, config.registry()));
    }

    /** The same as settings of a stage; what was not given is left out. */
    List<String> flags(Map<String, String> environment) {
        List<String> flags = new ArrayList<>();
        flag(flags, "kafka.bootstrap-servers", kafka);
        client.all(environment).forEach((key, value) -> flag(flags, "kafka.properties." + key, value));
        flag(flags, "opensearch.url", openSearch);
        flag(flags, "registry.url", registry);
        registryProperties.forEach((key, value) -> flag(flags, "registry.properties." + key, value));
        flag(flags, "run.prefix", prefix);
        return flags;
    }

    private static void flag(List<String> flags, String key, String value) {
        if (!value.isEmpty()) {
            flags.add("--" + key + "=" + value);
        }
    }
}
