package io.faultprint.settings;

import io.faultprint.runtime.About;
import io.faultprint.runtime.Default;
import io.faultprint.runtime.Require;
import java.util.HashMap;
import java.util.Map;

/** How a stage reaches the broker: keys {@code kafka.*}. */
public record KafkaSettings(
        @Default("127.0.0.1:9092") @About("the broker's address, host:port, several joined by commas")
        String bootstrapServers,

        @About("properties passed to the Kafka clients as they are")
        Map<String, String> properties) {

    public KafkaSettings {
        Require.text(bootstrapServers, "bootstrapServers");
    }

    /** All of it as client properties. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }
}
