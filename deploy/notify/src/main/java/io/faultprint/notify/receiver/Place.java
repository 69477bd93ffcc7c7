package io.faultprint.notify.receiver;

import io.faultprint.topic.Run;
import io.faultprint.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one target has come in the topics. Of a partition that it gets, its ledger is read back up to there; one where it
 * has never been it is given at the configured end, with what is open there.
 */
final class Place implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final long LAG_NANOS = 2_000_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Ledgers ledgers;
    private final TargetCounts counts;
    private final String incidents;
    private final String diagnoses;
    private final Deque<Ledgers.Standing> standing = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
    private int losses;
    private boolean waiting;
    private boolean joined;
    private long lagAsked = System.nanoTime();

    /** @param consumer a new member of the target's group, which is closed with this */
    Place(Consumer<byte[], byte[]> consumer, Run run, Ledgers ledgers, TargetCounts counts) {
        this.ledgers = ledgers;
        this.counts = counts;
        this.incidents = run.topic(Topics.INCIDENTS.name());
        this.diagnoses = run.topic(Topics.DIAGNOSES.name());
        this.consumer = consumer;
    }

    void join() {
        consumer.subscribe(List.of(incidents, diagnoses), new Partitions());
    }

    /** The next records. */
    ConsumerRecords<byte[], byte[]> poll() {
        if (waiting) {
            waiting = false;
            consumer.resume(consumer.paused());
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        lag(records.count());
        return records;
    }

    /** Stays a member of the group while nothing is read. */
    void stay(int unsettled) {
        waiting = true;
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = consumer.poll(Duration.ZERO);
        if (!none.isEmpty()) {
            throw new IllegalStateException("records came from paused partitions: " + none.partitions());
        }
        lag(unsettled);
    }

    /** Counts how often partitions were taken from us: what was read before is somebody else's, or comes again. */
    int losses() {
        return losses;
    }

    boolean joined() {
        return joined;
    }

    Ledgers ledgers() {
        return ledgers;
    }

    /** The first of what is open where this target is new, and not settled. */
    Ledgers.@Nullable Standing standing() {
        return standing.peekFirst();
    }

    /** That one is settled; the one after it. */
    Ledgers.@Nullable Standing nextStanding() {
        standing.pollFirst();
        return standing.peekFirst();
    }

    /** All that stood open is told: from now on this target has a place, also when nothing more comes. */
    void begin() {
        if (!begin.isEmpty()) {
            commit(begin);
        }
    }

    /** Commits, and empties what it is given; what Kafka does not take now is with the next. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets);
            offsets.clear();
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
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ASK);
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                sum += Math.max(0, end.getValue() - consumer.position(end.getKey(), ASK));
            }
            counts.lag(sum);
        } catch (TimeoutException e) {
            LOG.debug("the lag is not known now", e);
        }
    }

    /** Breaks off what another thread waits for here. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSING));
    }

    private final class Partitions implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (waiting) {
                consumer.pause(partitions);
            }
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
            Map<TopicPartition, Long> at = new HashMap<>();
            Set<Integer> numbers = new TreeSet<>();
            for (TopicPartition partition : partitions) {
                long position = consumer.position(partition);
                // Where the ledger ends, the reading begins: not a record may come between the two.
                consumer.seek(partition, position);
                at.put(partition, position);
                numbers.add(partition.partition());
                if (committed.get(partition) == null) {
                    begin.put(partition, new OffsetAndMetadata(position));
                }
            }
            for (int number : numbers) {
                TopicPartition ofIncidents = new TopicPartition(incidents, number);
                List<Ledgers.Standing> open = ledgers.take(
                        number,
                        at.getOrDefault(ofIncidents, 0L),
                        at.getOrDefault(new TopicPartition(diagnoses, number), 0L));
                if (begin.containsKey(ofIncidents)) {
                    standing.addAll(open);
                }
            }
            joined = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            losses++;
            standing.clear();
            begin.clear();
            partitions.forEach(partition -> ledgers.drop(partition.partition()));
        }
    }
}
