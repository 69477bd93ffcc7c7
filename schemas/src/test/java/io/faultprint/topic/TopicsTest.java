package io.faultprint.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Heartbeat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void theCatalogueIsTheOneOfTheContract() {
        assertThat(Topics.all())
                .extracting(Topic::name)
                .containsExactly(
                        "logs",
                        "metrics",
                        "spans",
                        "changes",
                        "alerts",
                        "partials",
                        "signatures",
                        "snapshots",
                        "digests",
                        "incidents",
                        "clusters",
                        "diagnoses",
                        "notes",
                        "feedback",
                        "late",
                        "dead-letters",
                        "pulse");
    }

    @Test
    void heartbeatsStandInEveryEventTopic() {
        assertThat(Topics.eventTopics())
                .allSatisfy(topic -> assertThat(topic.values()).contains(Heartbeat.class));
        assertThat(Topics.all().stream()
                        .filter(topic -> topic.values().contains(Heartbeat.class))
                        .toList())
                .isEqualTo(Topics.eventTopics());
    }

    @Test
    void whatGoesAsideKeepsItsOriginalBytes() {
        assertThat(List.of(Topics.LATE, Topics.DEAD_LETTERS))
                .allSatisfy(topic -> assertThat(topic.values()).isEmpty());
    }

    @Test
    void knowledgeIsCompactedAndEventsAreDeleted() {
        assertThat(TopicAdmin.settings(Topics.LOGS))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(TopicAdmin.settings(Topics.CHANGES)).containsEntry("retention.ms", "7776000000");
        assertThat(TopicAdmin.settings(Topics.SIGNATURES)).containsEntry("cleanup.policy", "compact");
        assertThat(TopicAdmin.settings(Topics.INCIDENTS))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("min.compaction.lag.ms", "604800000");
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(TopicAdmin.settings(topic))
                        .containsEntry("message.timestamp.type", "LogAppendTime"));
    }
}
