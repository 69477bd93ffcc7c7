package io.faultprint.ingest.consume;

import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.heartbeat.Heartbeats;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.runtime.UsageError;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of all foreign topics that an instance is bound to. */
public final class TopicDoors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicDoors.class);
    private static final Duration BETWEEN_REPEATS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /**
     * What the doors work with.
     *
     * @param futureMillis how far ahead of its receipt an event may claim to be
     * @param blindAfter how long a door may commit nothing until that is blindness
     */
    public record Needs(
            Run run,
            Partitions partitions,
            Normaliser normaliser,
            AvroCodec codec,
            long latenessMillis,
            long futureMillis,
            Duration blindAfter,
            InstantSource clock,
            MeterRegistry meters) {}

    private final TopicClients clients;
    private final List<TopicDoor> doors;
    private final Heartbeats repeats;

    private TopicDoors(TopicClients clients, List<TopicDoor> doors, InstantSource clock, EventProducer others) {
        this.clients = clients;
        this.doors = doors;
        this.repeats = new Heartbeats(clock::millis, now -> doors.forEach(door -> door.repeat(others)));
    }

    /**
     * Begins to read; returns before the first record is.
     *
     * @param delivery how long Kafka may take for a record
     * @param state a directory of this instance alone, which it has locked
     * @param others a producer of other doors, for saying once more what was promised before; not closed here
     * @throws UsageError when a name is no topic's, or one of Faultprint's own
     */
    public static TopicDoors start(
            Map<String, TopicSettings> topics,
            String bootstrapServers,
            Map<String, String> properties,
            Duration delivery,
            Path state,
            EventProducer others,
            Needs needs) {
        topics.keySet().forEach(topic -> check(topic, needs.run()));
        TopicClients clients =
                new TopicClients(bootstrapServers, properties, delivery, needs.run(), InstanceFile.in(state));
        List<TopicDoor> doors = topics.entrySet().stream()
                .map(topic -> new TopicDoor(topic.getKey(), topic.getValue(), needs, clients))
                .toList();
        TopicDoors started = new TopicDoors(clients, doors, needs.clock(), others);
        started.sayWhatIsMissing(topics.keySet());
        doors.forEach(TopicDoor::start);
        started.repeats.start(BETWEEN_REPEATS);
        return started;
    }

    /** A door that reads what doors write would never come to an end. */
    private static void check(String topic, Run run) {
        try {
            Topic.validate(topic);
        } catch (InvalidTopicException wrong) {
            throw new UsageError("topics." + topic + ": no topic can be called so: " + wrong.getMessage(), wrong);
        }
        boolean own =
                Topics.all().stream().anyMatch(each -> run.topic(each.name()).equals(topic));
        if (own) {
            throw new UsageError("topics." + topic + ": is one of Faultprint's own topics; name one that others fill");
        }
    }

    private void sayWhatIsMissing(Set<String> topics) {
        try {
            Set<String> there = clients.admin().listTopics().names().get();
            topics.stream()
                    .filter(topic -> !there.contains(topic))
                    .forEach(topic -> LOG.warn(
                            "topic {} is not there yet: its door waits; check the name, or start what writes it",
                            topic));
        } catch (ExecutionException away) {
            LOG.warn("whether the bound topics are there is not known: {}", String.valueOf(away.getCause()));
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until each door has promised something or has nothing to read, but no longer than this. */
    public void awaitWords(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < until && !doors.stream().allMatch(TopicDoor::settled)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** What each door sees. */
    public List<Sight> look() {
        return doors.stream().map(TopicDoor::look).toList();
    }

    /** What became of everything each door received, by its name. */
    public Map<String, LossCounters.Loss> losses() {
        return doors.stream().collect(Collectors.toMap(TopicDoor::name, TopicDoor::loss));
    }

    /** Why a door cannot go on; empty while all can. */
    public Optional<String> failure() {
        return doors.stream().flatMap(door -> door.failure().stream()).findFirst();
    }

    @Override
    public void close() {
        repeats.close();
        doors.parallelStream().forEach(TopicDoor::close);
        clients.close();
    }
}
