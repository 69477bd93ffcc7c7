package io.faultprint.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.faultprint.serde.BundledSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** {@code asyncapi.yaml} says of the topics for other consumers what the catalogue says. */
class AsyncApiTest {

    private static final Path FILE = Path.of(System.getProperty("faultprint.root", ".."), "schemas", "asyncapi.yaml");

    private final JsonNode document = read();

    @Test
    void everyChannelIsATopicAndSaysWhatTheCatalogueSays() {
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.path("channels").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("incidents", "diagnoses", "clusters");
        document.path("channels").properties().forEach(channel -> agrees(topic(channel.getKey()), channel.getValue()));
    }

    private static void agrees(Topic topic, JsonNode channel) {
        Map<String, String> settings = TopicAdmin.settings(topic);
        JsonNode kafka = channel.path("bindings").path("kafka");
        JsonNode ours = channel.path("x-faultprint");
        int defaults = new Partitions(4, 1).of(topic);

        assertThat(channel.path("address").asText()).isEqualTo("{run}." + topic.name());
        assertThat(kafka.path("topic").asText()).isEqualTo(Run.MAIN.topic(topic.name()));
        assertThat(kafka.path("partitions").asInt()).isEqualTo(defaults);
        assertThat(ours.path("partitions").asText())
                .isEqualTo(topic.group() == Topic.Group.INCIDENTS ? "partitions.incidents" : "partitions.events");
        assertThat(ours.path("key").asText()).isEqualTo(topic.key());
        List<String> policies = new ArrayList<>();
        kafka.path("topicConfiguration").path("cleanup.policy").forEach(policy -> policies.add(policy.asText()));
        assertThat(String.join(",", policies)).isEqualTo(settings.get("cleanup.policy"));
        // All that is set on the topic is said, and nothing else.
        assertThat(settings.keySet())
                .containsExactlyInAnyOrder("cleanup.policy", "min.compaction.lag.ms", "message.timestamp.type");
        settings.forEach((name, value) -> {
            if (!name.equals("cleanup.policy")) {
                assertThat(ours.path(name).asText()).as(name).isEqualTo(value);
            }
        });
    }

    @Test
    void everyMessageIsTheRecordOfItsTopicInItsNewestVersion() throws IOException {
        for (Map.Entry<String, JsonNode> channel : document.path("channels").properties()) {
            List<String> names = new ArrayList<>();
            for (JsonNode reference : channel.getValue().path("messages")) {
                JsonNode message = document.at(local(reference));
                names.add(message.path("name").asText());
                Schema current =
                        current(topic(channel.getKey()), message.path("name").asText());
                String file =
                        message.path("payload").path("schema").path("$ref").asText();
                Schema referred = new Schema.Parser()
                        .parse(Files.readString(
                                Objects.requireNonNull(FILE.getParent()).resolve(file)));

                assertThat(BundledSchemas.idOf(referred))
                        .as(file + " is the newest version of " + current.getFullName())
                        .isEqualTo(BundledSchemas.idOf(current));
            }
            assertThat(names).hasSameSizeAs(topic(channel.getKey()).values());
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = document.findValues("$ref");

        assertThat(references).hasSizeGreaterThan(10).allSatisfy(reference -> {
            String text = reference.asText();
            if (text.startsWith("#/")) {
                assertThat(document.at(text.substring(1)).isMissingNode())
                        .as(text)
                        .isFalse();
            } else {
                assertThat(Objects.requireNonNull(FILE.getParent()).resolve(text))
                        .exists();
            }
        });
    }

    private static Schema current(Topic topic, String name) {
        return topic.values().stream()
                .map(type -> SpecificData.get().getSchema(type))
                .filter(schema -> schema.getFullName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " does not stand in " + topic.name()));
    }

    private static Topic topic(String name) {
        return Topics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is no topic"));
    }

    private static String local(JsonNode reference) {
        return reference.path("$ref").asText().substring(1);
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
