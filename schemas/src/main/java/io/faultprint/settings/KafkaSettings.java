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

    /**
     * The properties of a client that asks a question at the start: it is answered within ten seconds or, when the user
     * has set it, within {@code default.api.timeout.ms}.
     */
    public static Map<String, Object> asking(Map<String, Object> client) {
        Map<String, Object> asking = new HashMap<>(client);
        Object limit = asking.putIfAbsent("default.api.timeout.ms", "10000");
        // Never longer than the whole: Kafka refuses a client with that.
        asking.put("request.timeout.ms", limit == null ? "5000" : limit);
        return asking;
    }

    /** All of it as client properties. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }
}
