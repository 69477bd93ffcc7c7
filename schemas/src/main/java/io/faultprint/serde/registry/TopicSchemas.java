package io.faultprint.serde.registry;

import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.runtime.Health;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.SchemaHistory;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.Topics;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stage reads and writes its topics with: bundled ids, or those of a registry. State stores and changelogs have
 * nothing to do with it, they keep bundled ids always.
 */
public final class TopicSchemas implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicSchemas.class);

    private final AvroCodec codec;
    private final RegistryWaits waits;
    private final @Nullable RegistrySchemas registry;

    private TopicSchemas(AvroCodec codec, RegistryWaits waits, @Nullable RegistrySchemas registry) {
        this.codec = codec;
        this.waits = waits;
        this.registry = registry;
    }

    /**
     * Asks the registry, when one is configured, for the subjects of all topics of a run. Those that the stage writes must
     * be there (or are registered, where that is allowed); of the others, what is there is remembered, so that it is read
     * even when the registry is away later.
     *
     * @param written the topics that the stage writes
     * @param clock for what operators are told
     * @throws UsageError when a schema is not registered, or the registry does not let us in; the message says the mend
     * @throws Unreachable when no registry answers
     */
    public static TopicSchemas open(
            RegistrySettings settings, Run run, Collection<Topic> written, InstantSource clock, MeterRegistry meters) {
        RegistryWaits waits = new RegistryWaits(clock, meters);
        if (!settings.configured()) {
            return new TopicSchemas(AvroCodec.bundled(), waits, null);
        }
        RegistrySchemas registry = new RegistrySchemas(settings, new RegistryClient(settings), waits, true);
        try {
            new Start(settings, run, registry).look(written);
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
        LOG.info("schema ids come from {}", settings.place());
        return new TopicSchemas(new AvroCodec(registry), waits, registry);
    }

    /**
     * For a command that reads: nothing is asked at the start, and who reads an id that only the registry knows is told at
     * once when that is away, with {@link Unreachable}.
     */
    public static TopicSchemas reading(RegistrySettings settings) {
        RegistryWaits waits = new RegistryWaits(() -> Instant.EPOCH, new CompositeMeterRegistry());
        if (!settings.configured()) {
            return new TopicSchemas(AvroCodec.bundled(), waits, null);
        }
        RegistrySchemas registry = new RegistrySchemas(settings, new RegistryClient(settings), waits, false);
        return new TopicSchemas(new AvroCodec(registry), waits, registry);
    }

    /** Records of topics as bytes. What it waits for is ended by {@link #close} with Kafka's {@code WakeupException}. */
    public AvroCodec codec() {
        return codec;
    }

    /** What is seen, with the registry as a reason where somebody waits for it. */
    public Sight over(Sight sight) {
        return waits.longest()
                .map(wait -> sight.with(new PulseReason(PulseCause.STUCK, "registry", wait.since(), wait.words())))
                .orElse(sight);
    }

    /** The health of a stage, which is not ready while it waits. */
    public Health over(Health health) {
        return waits.longest()
                .map(wait -> new Health(health.live(), false, health.detail() + "; " + wait.words()))
                .orElse(health);
    }

    /** Ends every wait and every question under way. */
    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    /** The look at the subjects when a stage starts. */
    private record Start(RegistrySettings settings, Run run, RegistrySchemas registry) {

        void look(Collection<Topic> written) {
            List<String> missing = new ArrayList<>();
            for (Topic topic : Topics.all()) {
                for (Class<? extends SpecificRecord> type : topic.values()) {
                    Schema schema = SpecificData.get().getSchema(type);
                    if (written.contains(topic)) {
                        need(run.topic(topic.name()), schema, missing);
                    }
                    remember(run.topic(topic.name()), schema);
                }
            }
            if (!missing.isEmpty()) {
                throw new UsageError(settings.place() + ": has no schema for " + String.join(", ", missing)
                        + "; `faultprint setup` registers it (or set registry.auto-register=true)");
            }
        }

        private void need(String topic, Schema schema, List<String> missing) {
            String subject = settings.subjects().of(topic, schema);
            Schema committed = RegistrySchemas.newest(schema)
                    .orElseThrow(() -> new IllegalStateException(schema.getFullName() + " has no committed version"));
            Answer<Integer> answer = registry.find(subject, committed);
            if (answer instanceof Answer.Given<Integer> given) {
                registry.learn(topic, schema, given.value());
            } else if (answer instanceof Answer.Missing) {
                missing.add("subject " + subject);
            } else {
                throw failure(settings, "subject " + subject, answer);
            }
        }

        private void remember(String topic, Schema schema) {
            String subject = settings.subjects().of(topic, schema);
            for (Schema committed : SchemaHistory.of(schema.getFullName())) {
                Answer<Integer> answer = registry.ask(subject, committed);
                if (answer instanceof Answer.Given<Integer> given) {
                    registry.learn(given.value(), committed);
                } else if (!(answer instanceof Answer.Missing)) {
                    throw failure(settings, "subject " + subject, answer);
                }
            }
        }
    }

    /** What to throw when a question was not answered. */
    static RuntimeException failure(RegistrySettings settings, String what, Answer<?> answer) {
        String message = settings.place() + ": " + what + ": " + answer.why();
        return answer instanceof Answer.Away
                ? new Unreachable(message + "; start the registry, or name another", new IllegalStateException(message))
                : new UsageError(message);
    }
}
