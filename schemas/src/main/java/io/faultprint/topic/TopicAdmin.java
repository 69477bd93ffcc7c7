package io.faultprint.topic;

import io.faultprint.runtime.UsageError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of a run where they are missing, and refuses those that are there in another shape. */
public final class TopicAdmin {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);

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
        List<String> created = new ArrayList<>();
        List<NewTopic> missing = missing().stream()
                .map(topic -> new NewTopic(
                                run.topic(topic.name()), Optional.of(partitions.of(topic)), replicationOf(replication))
                        .configs(settings(topic)))
                .toList();
        for (Map.Entry<String, KafkaFuture<Void>> entry :
                admin.createTopics(missing).values().entrySet()) {
            try {
                await(entry.getValue());
                created.add(entry.getKey());
            } catch (TopicExistsException e) {
                // Another stage created it between our look and our call; the check below sees its shape.
            }
        }
        created.forEach(this::awaitDescribed);
        check();
        return List.copyOf(created);
    }

    /** The controller has made it; the broker that we ask may hear of that a moment later. */
    private void awaitDescribed(String name) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (describe(name).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "topic " + name + " was created, but is not there after " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }

    /**
     * Checks that every topic is there with the partitions that the configuration says.
     *
     * @throws UsageError naming the first topic that is missing or has another count
     */
    public void check() {
        for (Topic topic : Topics.all()) {
            String name = run.topic(topic.name());
            TopicDescription description = describe(name)
                    .orElseThrow(() -> new UsageError("topic " + name
                            + ": not there; create the topics first (`faultprint up` and `faultprint run` do)"));
            int found = description.partitions().size();
            if (found != partitions.of(topic)) {
                throw new UsageError("topic " + name + ": has " + found + " partitions, configured are "
                        + partitions.of(topic) + "; partition counts are fixed for a run: configure " + found
                        + ", or use another prefix");
            }
        }
    }

    /** How a topic is set up: its retention, and the broker's clock as record time, because event time is in the value. */
    static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new TreeMap<>(topic.retention().settings());
        settings.put("message.timestamp.type", "LogAppendTime");
        return settings;
    }

    private List<Topic> missing() {
        return Topics.all().stream()
                .filter(topic -> describe(run.topic(topic.name())).isEmpty())
                .toList();
    }

    private Optional<TopicDescription> describe(String name) {
        try {
            return Optional.of(await(Objects.requireNonNull(
                    admin.describeTopics(List.of(name)).topicNameValues().get(name))));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
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
