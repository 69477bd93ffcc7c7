package io.faultprint.serde.registry;

import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.SchemaHistory;
import io.faultprint.serde.registry.SetupPlan.State;
import io.faultprint.serde.registry.SetupPlan.Subject;
import io.faultprint.serde.registry.SetupPlan.Version;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Registers the schemas of all topics of a run, every committed version in order, under subjects whose compatibility keeps
 * each version readable by all later ones. What is there already stays as it is, so it can be done again at any time; a
 * subject with a conflict is left alone as a whole.
 */
public final class RegistrySetup implements AutoCloseable {

    private final RegistrySettings settings;
    private final Run run;
    private final RegistryClient client;

    /** A subject to be: its compatibility, and the records it is for. */
    private record Wanted(String compatibility, Set<String> records) {}

    /**
     * Connects when it is asked something.
     *
     * @throws UsageError when no registry is configured, or its client refuses the properties
     */
    public RegistrySetup(RegistrySettings settings, Run run) {
        if (!settings.configured()) {
            throw new UsageError("registry.url: no registry is configured; bundled schema ids need no setup");
        }
        this.settings = settings;
        this.run = run;
        this.client = new RegistryClient(settings);
    }

    /**
     * What is there and what would be registered; changes nothing.
     *
     * @throws Unreachable when the registry does not answer
     * @throws UsageError when it does not let us in
     */
    public SetupPlan plan() {
        List<Subject> subjects = new ArrayList<>();
        wanted().forEach((name, wanted) -> subjects.add(look(name, wanted)));
        return new SetupPlan(settings.place(), subjects);
    }

    /**
     * Registers what is missing and sets compatibilities; what could not be is a conflict in the answer.
     *
     * @throws Unreachable when the registry does not answer; what was done until then stays
     * @throws UsageError when it does not let us in
     */
    public SetupPlan apply() {
        return new SetupPlan(
                settings.place(),
                plan().subjects().stream()
                        .map(subject -> subject.conflict() ? subject : apply(subject))
                        .toList());
    }

    @Override
    public void close() {
        client.close();
    }

    private Map<String, Wanted> wanted() {
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        for (Topic topic : Topics.all()) {
            for (Class<? extends SpecificRecord> type : topic.values()) {
                Schema schema = SpecificData.get().getSchema(type);
                wanted.computeIfAbsent(
                                settings.subjects().of(run.topic(topic.name()), schema),
                                name -> new Wanted(settings.subjects().compatibility(topic), new LinkedHashSet<>()))
                        .records()
                        .add(schema.getFullName());
            }
        }
        return wanted;
    }

    private Subject look(String name, Wanted wanted) {
        Map<Integer, Answer<RegistryClient.Version>> there = there(name);
        List<Version> versions = new ArrayList<>();
        for (String record : wanted.records()) {
            versions.addAll(look(name, record, wanted.compatibility().equals(SubjectNames.STRICT), there));
        }
        return new Subject(name, wanted.compatibility(), standing(name), versions);
    }

    /** What the subject holds, by the registry's number. */
    private Map<Integer, Answer<RegistryClient.Version>> there(String subject) {
        Map<Integer, Answer<RegistryClient.Version>> there = new LinkedHashMap<>();
        if (given(subject, client.versions(subject)) instanceof Answer.Given<List<Integer>> numbers) {
            for (int number : numbers.value()) {
                there.put(number, given(subject, client.version(subject, number)));
            }
        }
        return there;
    }

    private String standing(String subject) {
        return given(subject, client.compatibility(subject)) instanceof Answer.Given<String> level ? level.value() : "";
    }

    private List<Version> look(
            String subject, String record, boolean strict, Map<Integer, Answer<RegistryClient.Version>> there) {
        List<Schema> committed = SchemaHistory.of(record);
        List<Version> versions = new ArrayList<>();
        boolean newer = false;
        for (int number = committed.size(); number >= 1; number--) {
            Schema schema = committed.get(number - 1);
            Version version;
            if (given(subject, client.id(subject, schema)) instanceof Answer.Given<Integer> id) {
                newer = true;
                version = new Version(record, number, State.PRESENT, OptionalInt.of(id.value()), "");
            } else if (newer) {
                version = new Version(record, number, State.PASSED_OVER, OptionalInt.empty(), "a newer one is there");
            } else {
                String conflict = strict ? conflict(schema, there) : "";
                version = new Version(
                        record,
                        number,
                        conflict.isEmpty() ? State.MISSING : State.CONFLICT,
                        OptionalInt.empty(),
                        conflict);
            }
            versions.add(0, version);
        }
        return versions;
    }

    /** Why a schema could not read what the subject holds; empty when it could. */
    private static String conflict(Schema schema, Map<Integer, Answer<RegistryClient.Version>> there) {
        for (Map.Entry<Integer, Answer<RegistryClient.Version>> other : there.entrySet()) {
            String problem = conflict(schema, other.getValue());
            if (!problem.isEmpty()) {
                return "version %d of the subject %s; delete it, or give Faultprint a run.prefix of its own"
                        .formatted(other.getKey(), problem);
            }
        }
        return "";
    }

    private static String conflict(Schema schema, Answer<RegistryClient.Version> other) {
        if (!(other instanceof Answer.Given<RegistryClient.Version> given)) {
            return "cannot be read: " + other.why();
        }
        Schema there = given.value().schema();
        if (!there.getFullName().equals(schema.getFullName())) {
            return "is " + there.getFullName() + ", not " + schema.getFullName();
        }
        SchemaCompatibilityType type = SchemaCompatibility.checkReaderWriterCompatibility(schema, there)
                .getType();
        return type == SchemaCompatibilityType.COMPATIBLE ? "" : "is none of ours, and ours could not read it";
    }

    private Subject apply(Subject subject) {
        String standing = subject.standing();
        if (!subject.compatible()) {
            Answer<String> set =
                    given(subject.name(), client.setCompatibility(subject.name(), subject.compatibility()));
            if (!(set instanceof Answer.Given)) {
                throw TopicSchemas.failure(settings, "compatibility of subject " + subject.name(), set);
            }
            standing = subject.compatibility();
        }
        List<Version> versions = subject.versions().stream()
                .map(version -> version.state() == State.MISSING ? register(subject.name(), version) : version)
                .toList();
        return new Subject(subject.name(), subject.compatibility(), standing, versions);
    }

    private Version register(String subject, Version version) {
        Schema schema = SchemaHistory.of(version.record()).get(version.number() - 1);
        Answer<Integer> answer = given(subject, client.register(subject, schema));
        return answer instanceof Answer.Given<Integer> id
                ? new Version(version.record(), version.number(), State.REGISTERED, OptionalInt.of(id.value()), "")
                : new Version(version.record(), version.number(), State.CONFLICT, OptionalInt.empty(), answer.why());
    }

    /** The answer, when it is one. */
    private <T> Answer<T> given(String subject, Answer<T> answer) {
        if (answer instanceof Answer.Away || answer instanceof Answer.Refused) {
            throw TopicSchemas.failure(settings, "subject " + subject, answer);
        }
        return answer;
    }
}
