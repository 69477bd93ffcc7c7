package io.faultprint.local.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.local.docker.Compose.Service;
import io.faultprint.node.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The servers of docker-compose.yml: how they are asked whether they live, and what they are told. */
class ComposeServersTest {

    private static final Path ROOT = Path.of(System.getProperty(Nodes.ROOT_PROPERTY, ""));
    private static final Compose COMPOSE = compose();
    private static final String BROKER = "kafka:9092";
    private static final String PATH = "/apis/ccompat/v7";

    @Test
    void dashboardsAreInstalledWhereWhoLogsInBegins() throws IOException {
        Service install = COMPOSE.service("dashboards-install");
        Map<String, Object> settings =
                new Yaml().load(Files.readString(ROOT.resolve("deploy/docker/opensearch_dashboards.yml")));

        assertThat(install.command()).startsWith("dashboards", "install");
        assertThat(install.option("--dashboards")).isEqualTo("http://dashboards:5601");
        assertThat(install.option("--user"))
                .isEqualTo(COMPOSE.service("dashboards").environment().get("OPENSEARCH_USERNAME"));
        assertThat(settings.get("opensearch_security.multitenancy.enabled")).isEqualTo(true);
        assertThat(settings.get("opensearch_security.multitenancy.tenants.preferred"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .first()
                .isEqualTo("Global");
        assertThat(install.option("--tenant")).isEqualTo("global");
        assertThat(COMPOSE.service("dashboards").environment().get("OPENSEARCH_HOSTS"))
                .isEqualTo("[\"http://opensearch:9200\"]");
    }

    @Test
    void theRegistryKeepsItsSchemasInTheSameKafka() throws IOException {
        Service registry = COMPOSE.service("registry");

        assertThat(registry.environment()).isEqualTo(Map.of("KAFKA_BOOTSTRAP_SERVERS", BROKER));
        assertThat(registry.waitsFor()).containsEntry("kafka", "service_healthy");
        assertThat(registry.tag())
                .isEqualTo(Files.readString(ROOT.resolve("deploy/registry-node/pom.xml"))
                        .replaceFirst("(?s).*<apicurio.version>([^<]+)<.*", "$1"));
    }

    /** Each server is asked at the port that the others find it at. */
    @Test
    void probesOfServersAskTheirOwnPort() {
        Map.of(
                        "kafka",
                        BROKER,
                        "registry",
                        "http://127.0.0.1:8080" + PATH + "/subjects",
                        "opensearch",
                        "http://127.0.0.1:9200/",
                        "dashboards",
                        "http://127.0.0.1:5601/api/status")
                .forEach((name, place) -> assertThat(
                                String.join(" ", COMPOSE.service(name).probe()))
                        .as(name)
                        .contains(place));
        assertThat(COMPOSE.service("opensearch").probe().get(1)).contains("$$OPENSEARCH_INITIAL_ADMIN_PASSWORD");
        assertThat(COMPOSE.service("dashboards").probe().get(1)).contains("$$OPENSEARCH_PASSWORD");
        assertThat(COMPOSE.service("dashboards").containerPorts()).containsExactly(5601);
        assertThat(COMPOSE.service("opensearch").containerPorts()).containsExactly(9200);
    }

    /** What a server's variables mean stands in its image; a name that is not listed here was not looked up. */
    @Test
    void variablesOfServersAreKnown() {
        assertThat(COMPOSE.service("opensearch").environment().keySet())
                .isEqualTo(Set.of(
                        "discovery.type",
                        "bootstrap.memory_lock",
                        "plugins.security.ssl.http.enabled",
                        "OPENSEARCH_JAVA_OPTS"));
        assertThat(COMPOSE.service("dashboards").environment().keySet())
                .isEqualTo(Set.of("OPENSEARCH_HOSTS", "OPENSEARCH_USERNAME"));
    }

    private static Compose compose() {
        try {
            return Compose.read(ROOT.resolve("docker-compose.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
