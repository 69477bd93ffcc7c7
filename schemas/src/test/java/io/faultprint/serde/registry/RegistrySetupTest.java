package io.faultprint.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.SchemaHistory;
import io.faultprint.serde.registry.SetupPlan.State;
import io.faultprint.serde.registry.SetupPlan.Subject;
import io.faultprint.serde.registry.SetupPlan.Version;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrySetupTest {

    private static final String BEATS = "faultprint.logs-io.faultprint.event.Heartbeat";

    private SmallRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new SmallRegistry();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aPlanChangesNothing() {
        SetupPlan plan = plan(SubjectNames.TOPIC_RECORD);

        assertThat(plan.done()).isFalse();
        assertThat(plan.subjects()).allSatisfy(subject -> {
            assertThat(subject.standing()).isEmpty();
            assertThat(subject.versions()).extracting(Version::state).containsOnly(State.MISSING);
        });
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void everyRecordOfEveryTopicIsRegisteredAndKeptCompatible() {
        Set<String> expected = Topics.all().stream()
                .flatMap(topic ->
                        topic.values().stream().map(type -> "faultprint." + topic.name() + "-" + type.getName()))
                .collect(Collectors.toSet());

        int versions = Topics.all().stream()
                .flatMap(topic -> topic.values().stream())
                .mapToInt(type -> SchemaHistory.of(type.getName()).size())
                .sum();

        SetupPlan done = apply(SubjectNames.TOPIC_RECORD);

        assertThat(done.done()).isTrue();
        assertThat(registry.subjects().keySet()).isEqualTo(expected);
        assertThat(expected)
                .allSatisfy(subject -> assertThat(registry.level(subject)).isEqualTo("BACKWARD_TRANSITIVE"));
        assertThat(done.lines())
                .hasSize(versions)
                .allSatisfy(line -> assertThat(line)
                        .contains("  registered  (BACKWARD_TRANSITIVE)")
                        .containsPattern("id \\d+"));
    }

    @Test
    void doneAgainItChangesNothing() {
        SetupPlan first = apply(SubjectNames.TOPIC_RECORD);
        Map<String, List<Integer>> held = registry.subjects();

        SetupPlan again = apply(SubjectNames.TOPIC_RECORD);

        assertThat(again.done()).isTrue();
        assertThat(ids(again)).isEqualTo(ids(first));
        assertThat(again.subjects().stream().flatMap(subject -> subject.versions().stream()))
                .extracting(Version::state)
                .containsOnly(State.PRESENT);
        assertThat(registry.subjects()).isEqualTo(held);
    }

    @Test
    void whatWasBegunIsFinished() {
        registry.register(
                BEATS, SchemaHistory.of("io.faultprint.event.Heartbeat").get(0));

        SetupPlan done = apply(SubjectNames.TOPIC_RECORD);

        assertThat(done.done()).isTrue();
        assertThat(subject(done, BEATS).versions()).extracting(Version::state).containsExactly(State.PRESENT);
        assertThat(registry.level(BEATS)).isEqualTo("BACKWARD_TRANSITIVE");
    }

    @Test
    void aSubjectOfSomethingElseIsAConflictAndIsLeftAlone() {
        registry.register(BEATS, "{\"type\":\"record\",\"name\":\"Pulse\",\"namespace\":\"hospital\",\"fields\":[]}");

        SetupPlan done = apply(SubjectNames.TOPIC_RECORD);

        assertThat(done.done()).isFalse();
        assertThat(done.conflicts()).extracting(Subject::name).containsExactly(BEATS);
        assertThat(subject(done, BEATS).versions().get(0).detail())
                .contains("version 1 of the subject is hospital.Pulse, not io.faultprint.event.Heartbeat");
        assertThat(registry.level(BEATS)).isEmpty();
        assertThat(registry.subjects().get(BEATS)).hasSize(1);
        assertThat(registry.subjects()).hasSizeGreaterThan(20);
    }

    @Test
    void aVersionThatOursCouldNotReadIsAConflict() {
        registry.register(
                BEATS,
                "{\"type\":\"record\",\"name\":\"Heartbeat\",\"namespace\":\"io.faultprint.event\",\"fields\":"
                        + "[{\"name\":\"door\",\"type\":\"long\"}]}");

        assertThat(subject(plan(SubjectNames.TOPIC_RECORD), BEATS)
                        .versions()
                        .get(0)
                        .detail())
                .contains("ours could not read it");
    }

    @Test
    void aVersionThatIsNoAvroSchemaIsAConflict() {
        registry.register(BEATS, "syntax");

        assertThat(subject(plan(SubjectNames.TOPIC_RECORD), BEATS)
                        .versions()
                        .get(0)
                        .detail())
                .contains("version 1 of the subject cannot be read");
    }

    @Test
    void aStricterCompatibilityStays() {
        registry.level(BEATS, "FULL_TRANSITIVE");
        registry.level("faultprint.pulse-io.faultprint.pulse.Pulse", "NONE");

        assertThat(apply(SubjectNames.TOPIC_RECORD).done()).isTrue();

        assertThat(registry.level(BEATS)).isEqualTo("FULL_TRANSITIVE");
        assertThat(registry.level("faultprint.pulse-io.faultprint.pulse.Pulse")).isEqualTo("BACKWARD_TRANSITIVE");
    }

    @Test
    void recordsThatShareASubjectCannotBeKeptCompatible() {
        SetupPlan done = apply(SubjectNames.TOPIC);

        assertThat(done.done()).isTrue();
        assertThat(registry.level("faultprint.logs-value")).isEqualTo("NONE");
        assertThat(registry.level("faultprint.snapshots-value")).isEqualTo("BACKWARD_TRANSITIVE");
        assertThat(registry.subjects().get("faultprint.logs-value")).hasSize(2);
    }

    @Test
    void recordsByThemselvesHaveOneSubjectInAllTopics() {
        apply(SubjectNames.RECORD);

        assertThat(registry.subjects().keySet())
                .isEqualTo(Topics.recordTypes().stream().map(Class::getName).collect(Collectors.toSet()));
    }

    @Test
    void aRegistryThatIsAwayIsUnreachable() {
        registry.stop();

        assertThatThrownBy(() -> plan(SubjectNames.TOPIC_RECORD))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining(registry.url().toString());
    }

    @Test
    void withoutARegistryThereIsNothingToSetUp() {
        assertThatThrownBy(() -> new RegistrySetup(RegistrySettings.NONE, Run.MAIN))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("registry.url");
    }

    @Test
    void whatIsRegisteredIsTheCommittedText() {
        apply(SubjectNames.RECORD);

        Schema committed = SchemaHistory.of("io.faultprint.event.Heartbeat").get(0);
        assertThat(registry.schema(registry.subjects()
                        .getOrDefault("io.faultprint.event.Heartbeat", List.of())
                        .get(0)))
                .isEqualTo(committed.toString())
                .doesNotContain("\"doc\"");
    }

    private SetupPlan plan(SubjectNames names) {
        try (RegistrySetup setup = new RegistrySetup(settings(names), Run.MAIN)) {
            return setup.plan();
        }
    }

    private SetupPlan apply(SubjectNames names) {
        try (RegistrySetup setup = new RegistrySetup(settings(names), Run.MAIN)) {
            return setup.apply();
        }
    }

    private RegistrySettings settings(SubjectNames names) {
        return new RegistrySettings(List.of(registry.url()), names, false, Duration.ofSeconds(20), Map.of());
    }

    private static Subject subject(SetupPlan plan, String name) {
        return plan.subjects().stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, List<Integer>> ids(SetupPlan plan) {
        return plan.subjects().stream()
                .collect(Collectors.toMap(
                        Subject::name,
                        subject -> subject.versions().stream()
                                .map(version -> version.id().orElseThrow())
                                .toList()));
    }
}
