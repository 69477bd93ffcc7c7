package io.faultprint.ingest.consume;

import io.faultprint.event.Heartbeat;
import io.faultprint.ingest.foreign.TopicSettings;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.watch.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of one foreign topic on this instance: a thread that reads, makes events, and commits. Whatever fails at Kafka
 * ends a session and begins another, from the last committed offset: the new producer shuts out the old one and decides what
 * became of its transaction before anything is read.
 */
final class TopicDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicDoor.class);
    /** What the name of each such door begins with. */
    static final String KIND = "kafka:";

    /** Readers drop a door that they have not heard of for a minute. */
    private static final long DUMB_MILLIS = 15_000;

    private static final Duration ASKED = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SESSIONS = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final String door;
    private final String topic;
    private final TopicSettings settings;
    private final TopicDoors.Needs needs;
    private final TopicClients clients;
    private final LossCounters losses = new LossCounters();
    private final TopicWatch watch;
    private final Promise promise;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final long start;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile @Nullable RuntimeException defect;

    TopicDoor(String topic, TopicSettings settings, TopicDoors.Needs needs, TopicClients clients) {
        this.door = KIND + topic;
        this.topic = topic;
        this.settings = settings;
        this.needs = needs;
        this.clients = clients;
        this.start = needs.clock().millis();
        this.watch = new TopicWatch(door, needs.blindAfter(), needs.clock(), needs.meters());
        this.promise = new Promise(door, needs.latenessMillis());
        losses.bind(needs.meters(), door);
        this.thread = new Thread(this::live, door);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void live() {
        remember();
        while (stop.getCount() > 0) {
            try {
                session();
            } catch (WakeupException | InterruptException asked) {
                return;
            } catch (KafkaException broken) {
                losses.returned(watch.broken(String.valueOf(broken.getMessage())));
                LOG.warn("door {}: begins again from the last committed offset: {}", door, broken.toString());
                rest();
            } catch (RuntimeException ours) {
                losses.returned(watch.broken(ours.toString()));
                LOG.error("door {} failed", door, ours);
                defect = ours;
                return;
            }
        }
    }

    /** What was promised before this start holds, also when nothing can be read now. */
    private void remember() {
        try {
            List<ProgressNote> notes = clients
                    .admin()
                    .listConsumerGroupOffsets(clients.group(topic))
                    .partitionsToOffsetAndMetadata()
                    .get(ASKED.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .map(offset -> ProgressNote.of(offset == null ? null : offset.metadata()))
                    .toList();
            Heartbeat word = promise.word(notes);
            if (word != null) {
                promise.said(word);
            }
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.warn("door {}: what it promised before is not known: {}", door, String.valueOf(unknown.getCause()));
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /**
     * Says the last promise once more while the door itself cannot, so that readers know it as one that is held and not as one
     * that is gone. By a producer of others: what was promised before holds at any place in a partition.
     */
    void repeat(EventProducer others) {
        Heartbeat last = promise.last();
        if (last != null && watch.repeats(DUMB_MILLIS)) {
            others.heartbeat((name, partition) -> last, (name, partition, problem) -> {});
        }
    }

    private void rest() {
        try {
            var unused = stop.await(BETWEEN_SESSIONS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private void session() {
        Producer<String, byte[]> producer = new KafkaProducer<>(clients.producer(topic));
        try {
            producer.initTransactions();
            EventProducer events = new EventProducer(producer, needs.codec(), needs.run(), needs.partitions());
            read(producer, events);
        } finally {
            // What is open is decided by whoever comes next under this transactional id, at the latest by its timeout.
            producer.close(Duration.ZERO);
        }
    }

    private void read(Producer<String, byte[]> producer, EventProducer events) {
        KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(clients.consumer(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer = reader;
            Assigned assigned = new Assigned(reader, settings.from(), start, needs.latenessMillis());
            reader.subscribe(List.of(topic), assigned);
            TopicSession session = new TopicSession(new TopicSession.Parts(
                    topic,
                    reader,
                    producer,
                    events,
                    assigned,
                    new Surveyor(clients.admin(), clients.group(topic), needs.clock()),
                    new Taker(door, settings, needs.normaliser(), needs.futureMillis()),
                    promise,
                    losses,
                    watch,
                    needs.clock()));
            while (stop.getCount() > 0) {
                session.step();
            }
        } finally {
            consumer = null;
            reader.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    String name() {
        return door;
    }

    /** Whether it has promised something, or has nothing to promise by itself. */
    boolean settled() {
        return watch.settled() || defect != null;
    }

    Sight look() {
        return watch.look();
    }

    LossCounters.Loss loss() {
        return losses.loss();
    }

    /** Why it cannot go on; empty while it can. */
    Optional<String> failure() {
        RuntimeException failed = defect;
        return failed == null ? Optional.empty() : Optional.of("door " + door + " failed: " + failed);
    }

    /** Finishes the transaction that is open, and leaves the group. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSING.toMillis());
            KafkaConsumer<byte[], byte[]> stuck = consumer;
            if (thread.isAlive() && stuck != null) {
                stuck.wakeup();
                thread.interrupt();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
