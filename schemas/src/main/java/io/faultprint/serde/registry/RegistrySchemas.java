package io.faultprint.serde.registry;

import io.faultprint.serde.BundledSchemas;
import io.faultprint.serde.MalformedRecord;
import io.faultprint.serde.SchemaHistory;
import io.faultprint.serde.SchemaIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas by a registry. Bundled ids are answered by the catalogue, so that a topic may hold both; every other id by the
 * registry, once: what was seen serves as long as the process lives. Who needs an id that was never seen waits until the
 * registry has answered, one way or the other: bytes are called malformed only on its word.
 *
 * <p>Subjects hold the committed versions, which have no documentation, so that a better sentence needs no registration.
 */
final class RegistrySchemas implements SchemaIds, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrySchemas.class);

    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    /** Damaged bytes hold any number for an id: the registry is not asked for the same one again and again. */
    private static final int UNKNOWN = 1_000;

    private final RegistrySettings settings;
    private final RegistryClient client;
    private final RegistryWaits waits;
    private final boolean patient;
    private final BundledSchemas bundled = BundledSchemas.ofTopics();
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<String, Map<Schema, Integer>> written = new ConcurrentHashMap<>();
    private final Unknown unknown = new Unknown(UNKNOWN, System::nanoTime);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Asks nothing yet.
     *
     * @param patient whether a registry that is away is waited for; otherwise who asks is told
     */
    RegistrySchemas(RegistrySettings settings, RegistryClient client, RegistryWaits waits, boolean patient) {
        this.patient = patient;
        this.settings = settings;
        this.client = client;
        this.waits = waits;
    }

    @Override
    public int idOf(String topic, Schema schema) {
        Map<Schema, Integer> known = written.computeIfAbsent(topic, name -> new ConcurrentHashMap<>());
        Integer id = known.get(schema);
        if (id != null) {
            return id;
        }
        String subject = settings.subjects().of(topic, schema);
        Schema committed = newest(schema)
                .orElseThrow(() -> new MalformedRecord(
                        "schema " + schema.getFullName() + " for " + topic + ": is not one of those of topics"));
        Answer<Integer> answer = await("the schema of subject " + subject, () -> find(subject, committed));
        if (answer instanceof Answer.Given<Integer> given) {
            learn(topic, schema, given.value());
            return given.value();
        }
        throw new MalformedRecord(
                settings.place() + ": subject " + subject + " does not have the schema that is to be written ("
                        + answer.why() + "); faultprint setup registers it");
    }

    @Override
    public Schema schemaOf(int id) {
        if (BundledSchemas.isBundled(id)) {
            return bundled.schemaOf(id);
        }
        Schema seen = byId.get(id);
        if (seen != null) {
            return seen;
        }
        String why = unknown.get(id);
        if (why == null) {
            Answer<Schema> answer = await("schema id " + id, () -> client.schema(id));
            if (answer instanceof Answer.Given<Schema> given) {
                byId.put(id, given.value());
                unknown.remove(id);
                return given.value();
            }
            why = answer.why();
            unknown.put(id, why);
        }
        throw new MalformedRecord(
                "schema id " + id + ": " + settings.place() + " does not know it as a schema: " + why);
    }

    /** Asks once for the id of a committed version, and registers it when that is wanted. */
    Answer<Integer> find(String subject, Schema committed) {
        Answer<Integer> answer = client.id(subject, committed);
        return answer instanceof Answer.Missing<Integer> && settings.autoRegister()
                ? client.register(subject, committed)
                : answer;
    }

    /** Asks once for the id of a committed version. */
    Answer<Integer> ask(String subject, Schema committed) {
        return client.id(subject, committed);
    }

    /** From here on this id stands before such records of the topic, and is known when it is read. */
    void learn(String topic, Schema schema, int id) {
        written.computeIfAbsent(topic, name -> new ConcurrentHashMap<>()).put(schema, id);
        newest(schema).ifPresent(committed -> learn(id, committed));
    }

    /** From here on this id needs no answer. */
    void learn(int id, Schema committed) {
        byId.putIfAbsent(id, committed);
    }

    /** The newest committed version of a record type. */
    static Optional<Schema> newest(Schema schema) {
        List<Schema> versions = SchemaHistory.of(schema.getFullName());
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** Ends every wait, with a {@link WakeupException} for who waits. */
    @Override
    public void close() {
        closed.countDown();
        client.close();
    }

    /** A definite answer: given, missing or rejected. Asks again, ever more slowly, until there is one. */
    private <T> Answer<T> await(String what, Supplier<Answer<T>> question) {
        Answer<T> answer = question.get();
        if (definite(answer)) {
            waits.answered(answer);
            return answer;
        }
        if (!patient) {
            throw TopicSchemas.failure(settings, what, answer);
        }
        try (RegistryWaits.Wait wait = waits.begin(settings.place(), what, answer.why())) {
            LOG.warn("{}", wait.words());
            for (long pause = FIRST_WAIT_MILLIS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MILLIS)) {
                waits.answered(answer);
                if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                    throw new WakeupException();
                }
                answer = question.get();
                if (definite(answer)) {
                    waits.answered(answer);
                    LOG.info("no longer {}", wait.words());
                    return answer;
                }
                wait.still(answer.why());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WakeupException();
        }
    }

    private static boolean definite(Answer<?> answer) {
        return !(answer instanceof Answer.Away || answer instanceof Answer.Refused);
    }
}
