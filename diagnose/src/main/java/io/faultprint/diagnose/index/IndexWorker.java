package io.faultprint.diagnose.index;

import io.faultprint.diagnose.intake.Intake;
import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnose.store.Documents;
import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.diagnose.store.StoreUnavailable;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings snapshots, signatures, incidents, clusters and diagnoses into the store. Reads one batch, writes it, and while
 * any document of it waits for the store, reads no further: partitions are paused, so that a store that is away for an
 * hour costs lag and nothing else. Commits offsets when every document is settled.
 */
public final class IndexWorker implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexWorker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final long LAG_NANOS = 2_000_000_000;
    private static final String GROUP = "diagnose-index";

    private final Clients clients;
    private final Intake intake;
    private final IncidentStore store;
    private final Documents documents;
    private final IndexCounts counts;
    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetters deadLetters;

    private volatile boolean stopping;
    private volatile boolean waiting;
    private long lagAsked = System.nanoTime();
    private volatile String state = "joining";

    public IndexWorker(Clients clients, AvroCodec codec, IncidentStore store, IndexCounts counts) {
        this.clients = clients;
        this.intake = new Intake(codec, clients.run());
        this.store = store;
        this.documents = new Documents(clients.run());
        this.counts = counts;
        this.consumer = clients.member(GROUP);
        this.deadLetters = new DeadLetters(clients);
    }

    /** What it is doing, in a few words for people. */
    public String state() {
        return state;
    }

    @Override
    public void run() {
        try {
            List<String> topics = Stream.of(
                            Topics.SNAPSHOTS, Topics.SIGNATURES, Topics.INCIDENTS, Topics.CLUSTERS, Topics.DIAGNOSES)
                    .map(topic -> clients.run().topic(topic.name()))
                    .toList();
            consumer.subscribe(topics, new PauseWhileWaiting());
            while (!stopping) {
                round();
            }
        } catch (WakeupException | InterruptException e) {
            if (!stopping) {
                throw e;
            }
        } finally {
            state = "stopped";
            deadLetters.close();
            consumer.close();
        }
    }

    private void round() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        lag(records.count());
        if (records.isEmpty()) {
            return;
        }
        Batch batch = new Batch(counts);
        records.forEach(record -> batch.add(record, intake, documents));
        write(batch);
        if (batch.settled()) {
            letters(batch);
            commit(records);
        }
    }

    /** Writes until all is settled, or until we are told to stop; what is not committed comes again. */
    private void write(Batch batch) {
        long wait = FIRST_WAIT_MILLIS;
        while (!batch.settled() && !stopping) {
            int before = batch.waiting();
            batch.settle(store.write(batch.toWrite()));
            if (batch.settled()) {
                break;
            }
            if (!waiting) {
                LOG.warn("{} documents wait for the store: {}", batch.waiting(), batch.trouble());
            }
            state = "waiting for the store: " + batch.trouble();
            wait = batch.waiting() < before ? FIRST_WAIT_MILLIS : wait;
            pauseFor(wait, batch.waiting());
            wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
            prepareAgain();
        }
        if (waiting) {
            LOG.info("the store takes documents again");
            waiting = false;
            consumer.resume(consumer.paused());
        }
        state = "working";
    }

    /** Stays a member of the group while nothing is read. */
    private void pauseFor(long millis, int unsettled) {
        waiting = true;
        consumer.pause(consumer.assignment());
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && !stopping; left = (until - System.nanoTime()) / 1_000_000) {
            ConsumerRecords<byte[], byte[]> none = consumer.poll(Duration.ofMillis(Math.min(left, 500)));
            if (!none.isEmpty()) {
                throw new IllegalStateException("records came from paused partitions: " + none.partitions());
            }
        }
        lag(unsettled);
    }

    /** A store that came back empty has no templates; it must not get documents before them. */
    private void prepareAgain() {
        try {
            store.prepare();
        } catch (StoreUnavailable e) {
            state = "waiting for the store: " + e.getMessage();
        }
    }

    private void letters(Batch batch) {
        while (!batch.letters().isEmpty() && !stopping) {
            try {
                deadLetters.write(batch.letters());
                batch.letters().forEach(letter -> counts.deadLetter());
                return;
            } catch (KafkaException e) {
                if (e instanceof InterruptException) {
                    throw e;
                }
                LOG.warn("dead letters not written yet: {}", e.toString());
                pauseFor(FIRST_WAIT_MILLIS, batch.letters().size());
                waiting = false;
                consumer.resume(consumer.paused());
            }
        }
    }

    private void commit(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> ofPartition = records.records(partition);
            // A partition that was taken from us while we waited is written again by its new owner, to the same end.
            if (consumer.assignment().contains(partition)) {
                offsets.put(
                        partition,
                        new OffsetAndMetadata(
                                ofPartition.get(ofPartition.size() - 1).offset() + 1));
            }
        }
        try {
            consumer.commitSync(offsets);
        } catch (KafkaException e) {
            if (e instanceof WakeupException || e instanceof InterruptException) {
                throw e;
            }
            LOG.info("offsets not committed ({}); they are with the next ones", e.toString());
        }
    }

    /** What is left to read, and what was read and is not settled. Asked of the broker: a paused consumer does not know. */
    private void lag(int unsettled) {
        long now = System.nanoTime();
        if (now - lagAsked < LAG_NANOS) {
            return;
        }
        lagAsked = now;
        try {
            long sum = unsettled;
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), Duration.ofSeconds(2));
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                sum += Math.max(0, end.getValue() - consumer.position(end.getKey(), Duration.ofSeconds(2)));
            }
            counts.lag(sum);
        } catch (TimeoutException e) {
            LOG.debug("the lag is not known now", e);
        }
    }

    /** Ends the loop; the thread that runs it releases everything. */
    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
    }

    private final class PauseWhileWaiting implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (waiting) {
                consumer.pause(partitions);
            } else {
                state = "working";
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Positions are committed where documents are settled; there is nothing else to hand over.
        }
    }
}
