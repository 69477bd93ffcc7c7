package io.faultprint.local.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.store.Mappings;
import io.faultprint.node.Nodes;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class DocumentedRightsTest {

    private static final Run ACME = new Run("acme", "");
    private final DocumentedRights rights = DocumentedRights.read("acme");

    @Test
    void eachPrincipalAndEachTopicIsThere() {
        assertThat(rights.principals())
                .containsExactly("correlate", "diagnose", "ingest", "notify", "replay", "setup", "watcher");
        assertThat(rights.topics())
                .isEqualTo(Topics.all().stream()
                        .map(topic -> ACME.topic(topic.name()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void onlySetupAndAReplayCreateAndNobodyHasMoreThanItsOwnNames() {
        assertThat(rights.bindings()).isNotEmpty().allSatisfy(binding -> {
            assertThat(binding.pattern().name()).matches("acme[.-].*");
            assertThat(binding.entry().operation())
                    .isIn(AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);
            assertThat(binding.pattern().resourceType()).isNotEqualTo(ResourceType.CLUSTER);
        });
        assertThat(rights.bindings())
                .filteredOn(binding -> binding.entry().operation() == AclOperation.CREATE)
                .allMatch(binding -> binding.entry().principal().equals("User:setup")
                        || binding.pattern().name().matches("acme[.-]replay-"));
    }

    @Test
    void rolesOfOpenSearchAreYamlAndHoldForEveryIndex() throws IOException {
        String document =
                Files.readString(Path.of(System.getProperty(Nodes.ROOT_PROPERTY, ""), "deploy", "OWN-SERVERS.md"));
        String block = document.replaceFirst("(?s).*```yaml\\s+(faultprint_setup:.*?)```.*", "$1");
        Map<String, Map<String, Object>> roles = new Yaml().load(block);

        assertThat(roles).containsOnlyKeys("faultprint_setup", "faultprint_diagnose", "faultprint_read");
        roles.forEach((role, content) -> {
            assertThat(content.keySet()).as(role).isEqualTo(Set.of("cluster_permissions", "index_permissions"));
            assertThat(content.toString()).contains("index_patterns=[acme-*]").doesNotContain("[*]");
        });
        assertThat(List.copyOf(Mappings.names()))
                .allMatch(name -> ACME.index(name).startsWith("acme-"));
    }
}
