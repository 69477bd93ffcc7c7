package io.faultprint.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class BrokerTroubleTest {

    private static final String WHERE = "kafka.bootstrap-servers k:9093";

    @Test
    void aRefusedLoginIsNotCalledAMissingBroker() {
        RuntimeException said =
                of(new SaslAuthenticationException("Authentication failed: Invalid username or password"));

        assertThat(said)
                .isInstanceOf(UsageError.class)
                .hasMessage(
                        "kafka.bootstrap-servers k:9093: the broker refuses the login (Authentication failed: Invalid"
                                + " username or password); set security.protocol, sasl.mechanism and sasl.jaas.config as it wants"
                                + " them");
    }

    @Test
    void aTlsThatFailsNamesTheStoresAlsoBehindAnotherException() {
        RuntimeException said = of(new IllegalStateException(
                "Kafka did not answer",
                new SslAuthenticationException("SSL handshake failed", new SSLHandshakeException("PKIX path"))));

        assertThat(said)
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("TLS with the broker fails (SSL handshake failed)")
                .hasMessageContaining("ssl.truststore.location");
    }

    @Test
    void aMissingRightNamesOnWhatAndWhereTheRightsAre() {
        assertThat(of(new TopicAuthorizationException(Set.of("acme.logs", "acme.incidents"))))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("this principal may not do that (topic acme.incidents, acme.logs)")
                .hasMessageContaining("OWN-SERVERS.md");
        assertThat(of(GroupAuthorizationException.forGroupId("acme-signals")))
                .hasMessageContaining("(group acme-signals)");
        assertThat(of(new ClusterAuthorizationException("Cluster authorization failed.")))
                .hasMessageContaining("Cluster authorization failed.");
    }

    @Test
    void aClientThatCannotBeBuiltNamesTheProperty() {
        RuntimeException said = building(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "security.protocol", "SSL",
                "ssl.truststore.location", "/nowhere/trust.p12"));
        RuntimeException value = building(Map.of("bootstrap.servers", "127.0.0.1:1", "request.timeout.ms", "soon"));

        assertThat(said)
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("the Kafka client refuses its properties")
                .hasMessageContaining("/nowhere/trust.p12");
        assertThat(value).isInstanceOf(UsageError.class).hasMessageContaining("request.timeout.ms");
    }

    @Test
    void anAddressThatCanBeNoneIsAMistakeAndSilenceIsNot() {
        assertThat(building(Map.of("bootstrap.servers", "no-port")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("no broker answers there")
                .hasMessageContaining("no-port");
        assertThat(of(new TimeoutException("Timed out waiting for a node assignment.")))
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith(
                        "kafka.bootstrap-servers k:9093: no broker answers there (Timed out waiting for a"
                                + " node assignment.); start one, or name another")
                .hasMessageContaining("TLS");
    }

    private static RuntimeException of(RuntimeException problem) {
        return BrokerTrouble.of(WHERE, problem);
    }

    private static RuntimeException building(Map<String, Object> properties) {
        return of((KafkaException)
                Assertions.catchThrowable(() -> Admin.create(properties).close()));
    }
}
