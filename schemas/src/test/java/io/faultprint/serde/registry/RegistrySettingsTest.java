package io.faultprint.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    @Test
    void withNothingSetThereIsNoRegistry() {
        assertThat(ConfigLoader.defaults(RegistrySettings.class)).isEqualTo(RegistrySettings.NONE);
        assertThat(RegistrySettings.NONE.configured()).isFalse();
    }

    @Test
    void everyKeyIsRead() {
        Map<String, String> set = Map.of(
                "url", "https://one:8081/api,https://two:8081/api",
                "subjects", "record",
                "auto-register", "true",
                "timeout", "2s",
                "properties.bearer.auth.credentials.source", "STATIC_TOKEN");

        assertThat(ConfigLoader.of(RegistrySettings.class, set))
                .isEqualTo(new RegistrySettings(
                        List.of(URI.create("https://one:8081/api"), URI.create("https://two:8081/api")),
                        SubjectNames.RECORD,
                        true,
                        Duration.ofSeconds(2),
                        Map.of("bearer.auth.credentials.source", "STATIC_TOKEN")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url                                     | registry:8081             | give scheme and host
            url                                     | 127.0.0.1                 | must be a complete address
            url                                     | kafka://127.0.0.1:8081    | give scheme and host
            url                                     | http://me:word@host:8081  | must hold no name and password
            url                                     | http://host:8081/?a=b     | without a query
            subjects                                | topics                    | must be one of topic-record, record, topic
            auto-register                           | yes                       | must be true or false
            timeout                                 | 0s                        | at least 100ms
            timeout                                 | 5m                        | at most 60s
            properties.ssl.truststore.location      | /a.p12                    | write registry.properties.schema.registry.ssl.truststore.location
            """)
    void isRefused(String key, String value, String words) {
        assertThatThrownBy(() -> ConfigLoader.of(RegistrySettings.class, Map.of(key, value)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(words);
    }
}
