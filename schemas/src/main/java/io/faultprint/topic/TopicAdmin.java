package io.faultprint.topic;

import io.faultprint.runtime.UsageError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of a run where they are missing, and refuses those that are there in another shape. */
public final class TopicAdmin {

    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often, and how many milliseconds apart, a broker is asked for topics that the controller already has. */
    private static final int LOOKS = 100;

    private static final int LOOK_MILLIS = 100;

    private final Admin admin;
    private final Run run;
    private final Partitions partitions;

    public TopicAdmin(Admin admin, Run run, Partitions partitions) {
        this.admin = admin;
        this.run = run;
        this.partitions = partitions;
    }

    /**
     * Creates what is missing, with this replication factor (-1 for the broker's default), and checks what is there.
     *
     * @return the full names of the topics it created
     * @throws UsageError when a topic has another number of partitions than the configuration says
     */
    public List<String> ensure(short replication) {
        List<String> created = create(plan(), replication);
        check(describeAll());
        awaitLeaders();
        return created;
    }

    /**
     * Checks that every topic is there with the partitions that the configuration says, and waits until their leaders
     * take writes. What a stage does at its start: it creates nothing.
     *
     * @throws UsageError naming the first topic that is missing or has another count
     */
    public void check() {
        check(describe());
        awaitLeaders();
    }

    /** Every topic of the run as it should be, and how it stands with the broker; nothing is changed. */
    public List<PlannedTopic> plan() {
        return look(Topics.all().stream()
                .map(topic -> PlannedTopic.of(run.topic(topic.name()), partitions.of(topic), settings(topic)))
                .toList());
    }

    /** The same of other topics. */
    public List<PlannedTopic> look(List<PlannedTopic> wanted) {
        Map<String, TopicDescription> present =
                describe(wanted.stream().map(PlannedTopic::name).toList());
        return wanted.stream()
                .map(topic -> topic.found(present.get(topic.name())))
                .toList();
    }

    /**
     * Creates those that are missing, with this replication factor (-1 for the broker's default).
     *
     * @return the full names of those it created
     */
    public List<String> create(List<PlannedTopic> planned, short replication) {
        return create(planned.stream()
                .filter(PlannedTopic::missing)
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), replicationOf(replication))
                        .configs(topic.settings()))
                .toList());
    }

    /**
     * What to throw when these calls fail at a stage's start.
     *
     * @param servers the value of {@code kafka.bootstrap-servers}
     * @see BrokerTrouble
     */
    public static RuntimeException noBroker(String servers, RuntimeException problem) {
        return BrokerTrouble.of("kafka.bootstrap-servers " + servers, problem);
    }

    private List<String> create(List<NewTopic> missing) {
        List<String> created = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> entry :
                admin.createTopics(missing).values().entrySet()) {
            try {
                await(entry.getValue());
                created.add(entry.getKey());
            } catch (TopicExistsException e) {
                // Another stage created it between our look and our call; the check that follows sees its shape.
            } catch (TopicAuthorizationException e) {
                throw named(e, entry.getKey());
            }
        }
        return created.stream().sorted().toList();
    }

    private void check(Map<String, TopicDescription> present) {
        for (Topic topic : Topics.all()) {
            String name = run.topic(topic.name());
            TopicDescription description = present.get(name);
            if (description == null) {
                throw new UsageError(
                        "topic " + name
                                + ": not there; create the topics first (faultprint setup), or set run.prefix and run.id to those that exist");
            }
            int found = description.partitions().size();
            if (found != partitions.of(topic)) {
                throw new UsageError(
                        "topic %s: has %d partitions, but %s is %d; counts are fixed for a run: set %2$d, or another run.prefix"
                                .formatted(name, found, keyOf(topic.group()), partitions.of(topic)));
            }
        }
    }

    /** The configuration key of a count. */
    private static String keyOf(Topic.Group group) {
        return switch (group) {
            case EVENTS -> "partitions.events";
            case INCIDENTS -> "partitions.incidents";
        };
    }

    /** How a topic is set up: its retention, and the broker's clock as record time, because event time is in the value. */
    static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new TreeMap<>(topic.retention().settings());
        settings.put("message.timestamp.type", "LogAppendTime");
        return settings;
    }

    /** All topics of the run. A broker learns of new topics a moment after the controller that made them. */
    private Map<String, TopicDescription> describeAll() {
        Map<String, TopicDescription> present = describe();
        for (int look = 1; look < LOOKS && present.size() < Topics.all().size(); look++) {
            pause();
            present = describe();
        }
        return present;
    }

    /** The topics of the run that are there, by full name. */
    private Map<String, TopicDescription> describe() {
        return describe(
                Topics.all().stream().map(topic -> run.topic(topic.name())).toList());
    }

    private Map<String, TopicDescription> describe(List<String> names) {
        Map<String, TopicDescription> present = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                present.put(name, await(future));
            } catch (UnknownTopicOrPartitionException e) {
                // Not there: it stays out of the map.
            } catch (TopicAuthorizationException e) {
                throw named(e, name);
            }
        });
        return present;
    }

    /** The broker's answer says of which topic it is by its place alone. */
    private static TopicAuthorizationException named(TopicAuthorizationException denied, String topic) {
        return new TopicAuthorizationException(denied.getMessage(), Set.of(topic));
    }

    /**
     * A partition is described a moment before its leader takes writes, and a producer that meets it then can lose the order of
     * its batches for good. The admin client asks each leader again until it answers. A partition whose leader stays away
     * keeps nobody from starting: the others have work.
     */
    private void awaitLeaders() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic topic : Topics.all()) {
            for (int partition = 0; partition < partitions.of(topic); partition++) {
                ends.put(new TopicPartition(run.topic(topic.name()), partition), OffsetSpec.latest());
            }
        }
        try {
            await(admin.listOffsets(ends).all());
        } catch (RetriableException away) {
            LOG.warn("some partitions of {} have no leader yet: {}", run, away.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private static Optional<Short> replicationOf(short replication) {
        return replication < 1 ? Optional.empty() : Optional.of(replication);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Kafka did not answer: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }
}
