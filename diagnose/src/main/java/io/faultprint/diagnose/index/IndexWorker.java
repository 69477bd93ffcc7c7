package io.faultprint.diagnose.index;

import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnose.store.IncidentStore;
import io.faultprint.serde.AvroCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
 * Brings one line of topics into the store. Reads one batch, has it written on
 * another thread, and while any document of it waits for the store, reads no further: partitions are paused and the group
 * is kept, so that a store that is away or slow for an hour costs lag and nothing else. Commits offsets when every
 * document is settled.
 */
public final class IndexWorker implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexWorker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final long STAY_MILLIS = 200;
    private static final long LONG_SECONDS = 5;
    private static final long LAG_NANOS = 2_000_000_000;

    private final Clients clients;
    private final Line line;
    private final StoreWriter writer;
    private final IndexCounts counts;
    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetters deadLetters;

    /** Partitions that were taken from us since the batch at hand was read, also when they were given back. */
    private final Set<TopicPartition> revoked = new HashSet<>();

    private volatile boolean stopping;
    private boolean waiting;
    private boolean joined;
    private long lagAsked = System.nanoTime();
    private volatile String state = "joining";

    /** Brings in what the stages found out. */
    public IndexWorker(Clients clients, AvroCodec codec, IncidentStore store, IndexCounts counts) {
        this(clients, new Knowledge(codec, clients.run()), store, counts);
    }

    /** Brings in where events went. */
    public IndexWorker(Clients clients, Ledger ledger, IncidentStore store, IndexCounts counts) {
        this(clients, (Line) ledger, store, counts);
    }

    private IndexWorker(Clients clients, Line line, IncidentStore store, IndexCounts counts) {
        this.clients = clients;
        this.line = line;
        this.writer = new StoreWriter(store);
        this.counts = counts;
        this.consumer = clients.member(line.group());
        this.deadLetters = new DeadLetters(clients);
    }

    /** What it is doing, in a few words for people. */
    public String state() {
        return state;
    }

    @Override
    public void run() {
        try {
            List<String> topics = line.topics().stream()
                    .map(topic -> clients.run().topic(topic.name()))
                    .toList();
            consumer.subscribe(topics, new PauseWhileWaiting());
            prepare();
            while (!stopping) {
                round();
            }
        } catch (WakeupException | InterruptException e) {
            if (!stopping) {
                throw e;
            }
        } finally {
            state = "stopped";
            writer.close();
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
        revoked.clear();
        Batch batch = new Batch(counts, line.group());
        records.forEach(record -> line.read(record, batch));
        write(batch);
        boolean rowed = rows(batch);
        if (rowed && batch.settled()) {
            letters(batch);
            commit(records);
        }
    }

    /** Nothing is read before the store is as we need it: a document may not be the first to come into it. */
    private void prepare() {
        for (long wait = FIRST_WAIT_MILLIS; !stopping; wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
            Optional<String> trouble = await(writer.prepare(), 0).orElse(Optional.of("told to stop"));
            if (trouble.isEmpty()) {
                break;
            }
            waitFor(trouble.get(), wait, 0);
        }
        goOn();
    }

    /** Writes until all is settled, or until we are told to stop; what is not committed comes again. */
    private void write(Batch batch) {
        long wait = FIRST_WAIT_MILLIS;
        while (!batch.settled() && !stopping) {
            int before = batch.waiting();
            await(writer.write(batch.toWrite()), before).ifPresent(batch::settle);
            if (batch.settled() || stopping) {
                break;
            }
            wait = batch.waiting() < before ? FIRST_WAIT_MILLIS : wait;
            waitFor(batch.trouble(), wait, batch.waiting());
            wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
        goOn();
    }

    /**
     * When incidents and diagnoses of the batch are in the store, and not before: what is shown of both is made of what is
     * there, so that it comes out the same whichever of them came first, and whoever reads which.
     */
    private boolean rows(Batch batch) {
        long wait = FIRST_WAIT_MILLIS;
        boolean any = !batch.incidents().isEmpty() || !batch.diagnoses().isEmpty();
        while (any && !stopping) {
            StoreWriter.Looked looked = await(writer.rows(batch.incidents(), batch.diagnoses()), 0)
                    .orElse(new StoreWriter.Looked(List.of(), "told to stop"));
            if (looked.trouble().isEmpty()) {
                batch.add(looked.documents());
                write(batch);
                return true;
            }
            waitFor(looked.trouble(), wait, 0);
            wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
        return !any;
    }

    /** What the store answers, while we stay a member of the group however long that takes; empty when told to stop. */
    private <T> Optional<T> await(Future<T> answer, int unsettled) {
        long began = System.nanoTime();
        while (!stopping) {
            try {
                return Optional.of(answer.get(STAY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (java.util.concurrent.TimeoutException e) {
                stay(unsettled);
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                if (seconds >= LONG_SECONDS) {
                    state = "waiting for the store: no answer for " + seconds + " s";
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("writing to the store failed by a defect of ours", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
        answer.cancel(true);
        return Optional.empty();
    }

    private void waitFor(String trouble, long millis, int unsettled) {
        String now = "waiting for the store: " + trouble;
        if (!state.startsWith("waiting")) {
            LOG.warn("{} ({} documents)", now, unsettled);
        }
        state = now;
        pauseFor(millis, unsettled);
    }

    private void goOn() {
        if (waiting) {
            waiting = false;
            consumer.resume(consumer.paused());
        }
        if (state.startsWith("waiting")) {
            LOG.info("no longer {}", state);
        }
        // Partitions may have come while we waited, and nobody tells us of them again.
        state = joined ? "working" : "joining";
    }

    private void pauseFor(long millis, int unsettled) {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && !stopping; left = (until - System.nanoTime()) / 1_000_000) {
            stay(unsettled);
            try {
                TimeUnit.MILLISECONDS.sleep(Math.min(left, STAY_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
    }

    /** Stays a member of the group while nothing is read. */
    private void stay(int unsettled) {
        waiting = true;
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = consumer.poll(Duration.ZERO);
        if (!none.isEmpty()) {
            throw new IllegalStateException("records came from paused partitions: " + none.partitions());
        }
        lag(unsettled);
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
                state = "waiting for Kafka";
                pauseFor(FIRST_WAIT_MILLIS, batch.letters().size());
                goOn();
            }
        }
    }

    private void commit(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> ofPartition = records.records(partition);
            // A partition that was taken from us while we waited is written again by its new owner, to the same end;
            // that may be us, or may have been somebody who is further than we are.
            if (!revoked.contains(partition)) {
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
            counts.lag(line.group(), sum);
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
            joined = true;
            if (waiting) {
                consumer.pause(partitions);
            } else if (state.equals("joining")) {
                state = "working";
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Positions are committed where documents are settled; there is nothing else to hand over.
            revoked.addAll(partitions);
        }
    }
}
