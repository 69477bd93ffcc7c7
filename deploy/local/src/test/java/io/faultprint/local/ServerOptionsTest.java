package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.faultprint.local.data.DataDirectory;
import io.faultprint.local.up.Plan;
import io.faultprint.time.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServerOptionsTest {

    @TempDir
    Path directory;

    /** Setup registers subjects by it, so the stages of the same replay must write by it. */
    @Test
    void whatSetupTakesFromTheEnvironmentTheStagesOfAReplayHaveToo() {
        Map<String, String> settings = settings(
                Map.of(
                        "FAULTPRINT_SETUP_REGISTRY_URL", "http://r:8081",
                        "FAULTPRINT_SETUP_REGISTRY_SUBJECTS", "record",
                        "FAULTPRINT_SETUP_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL"),
                "--kafka",
                "a:1",
                "--opensearch",
                "http://a:1");

        assertThat(settings)
                .contains(
                        entry("registry.url", "http://r:8081"),
                        entry("registry.subjects", "record"),
                        entry("kafka.properties.security.protocol", "SSL"));
    }

    @Test
    void aFlagIsBeforeTheEnvironment() {
        Map<String, String> settings = settings(
                Map.of("FAULTPRINT_SETUP_REGISTRY_URL", "http://other:8081"),
                "--kafka",
                "a:1",
                "--opensearch",
                "http://a:1",
                "--registry",
                "http://r:8081");

        assertThat(settings).containsEntry("registry.url", "http://r:8081");
    }

    @Test
    void clientPropertiesStandInAFileAndAFlagIsBeforeIt() throws IOException {
        Path file = Files.writeString(directory.resolve("client.properties"), """
                # as for Kafka's own tools
                bootstrap.servers=elsewhere:9092
                security.protocol=SASL_SSL
                sasl.jaas.config=a.b.C required username="me" password="p=1";
                client.id=file
                """);

        Map<String, String> byFlag = settings(
                Map.of(),
                "--kafka",
                "a:1",
                "--opensearch",
                "http://a:1",
                "--kafka-config",
                file.toString(),
                "--kafka-property",
                "client.id=flag");

        assertThat(byFlag)
                .contains(
                        entry("kafka.properties.security.protocol", "SASL_SSL"),
                        entry("kafka.properties.sasl.jaas.config", "a.b.C required username=\"me\" password=\"p=1\";"),
                        entry("kafka.properties.client.id", "flag"),
                        entry("kafka.bootstrap-servers", "a:1"))
                .doesNotContainKey("kafka.properties.bootstrap.servers");
        assertThat(settings(
                        Map.of(ClientOptions.VARIABLE, file.toString()),
                        "--kafka",
                        "a:1",
                        "--opensearch",
                        "http://a:1"))
                .containsEntry("kafka.properties.client.id", "file");
        assertThat(StageArguments.of(
                        "ingest",
                        List.of("--kafka", "a:1", "--kafka-property", "client.id=flag", "--kafka-config=" + file),
                        Map.of(ClientOptions.VARIABLE, "not read")))
                .containsExactlyInAnyOrder(
                        "--kafka.bootstrap-servers=a:1",
                        "--kafka.properties.security.protocol=SASL_SSL",
                        "--kafka.properties.sasl.jaas.config=a.b.C required username=\"me\" password=\"p=1\";",
                        "--kafka.properties.client.id=flag");
    }

    @Test
    void withoutServersOfTheUsersTheVariableIsNobodysBusiness() {
        ServerOptions options = CommandLine.populateCommand(new ServerOptions());

        assertThat(options.own(
                        Map.of(ClientOptions.VARIABLE, "nowhere", "FAULTPRINT_SETUP_REGISTRY_URL", "http://r:1")))
                .isEmpty();
    }

    private Map<String, String> settings(Map<String, String> environment, String... flags) {
        ServerOptions options = CommandLine.populateCommand(new ServerOptions(), flags);
        return Plan.withoutDoor(
                        DataDirectory.at(directory), options.run("replay-1"), Plan.LOCAL, new Windows(10_000, 15_000))
                .on(options.own(environment).orElseThrow())
                .settings("a:1");
    }
}
