package io.faultprint.local.up;

import java.util.Map;

/**
 * A Kafka and an OpenSearch of the user's, used instead of children of this process.
 *
 * @param kafka the broker's address, host:port, several joined by commas
 * @param properties of the Kafka clients, as for security
 * @param openSearch scheme, host and port
 * @param registry address of a schema registry; empty for bundled schema ids
 * @param registryProperties of its client, as for security
 */
public record OwnServers(
        String kafka,
        Map<String, String> properties,
        String openSearch,
        String registry,
        Map<String, String> registryProperties) {

    public OwnServers {
        properties = Map.copyOf(properties);
        registryProperties = Map.copyOf(registryProperties);
    }
}
