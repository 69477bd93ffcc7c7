package io.faultprint.correlate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Clients whose producers abort transactions at random, but at the same places for the same seed and timing. */
final class FaultyClients implements KafkaClientSupplier {

    /** How a transaction fails. */
    enum Fault {
        /** The commit times out, and nobody knows how it ended. */
        TIMEOUT,
        /** Another took over: the thread loses all tasks and joins the group again. */
        FENCED,
        /** A defect in the middle of a record: the application stops. */
        DEFECT
    }

    private final BrakedClients real;
    private final Random random;
    private final AtomicInteger left;
    private final int defects;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

    /**
     * @param faults how many there are
     * @param defects how many of them may be defects
     */
    FaultyClients(BrakedClients real, long seed, int faults, int defects) {
        this.defects = defects;
        this.real = real;
        this.random = new Random(seed);
        this.left = new AtomicInteger(faults);
    }

    int left() {
        return left.get();
    }

    synchronized int done(Fault fault) {
        return done.getOrDefault(fault, 0);
    }

    private synchronized boolean strikes(Fault fault, int oneIn) {
        // A defect leaves a transaction open, and for ten seconds nobody reads on.
        boolean enough = fault == Fault.DEFECT && done(fault) >= defects;
        if (left.get() > 0 && !enough && random.nextInt(oneIn) == 0) {
            left.decrementAndGet();
            done.merge(fault, 1, Integer::sum);
            return true;
        }
        return false;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return real.getAdmin(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return real.getConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return real.getRestoreConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return real.getGlobalConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new FaultyProducer(config);
    }

    private final class FaultyProducer extends FreshTasksProducer {

        private FaultyProducer(Map<String, Object> config) {
            super(config);
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
            if (strikes(Fault.DEFECT, 1_000)) {
                throw new IllegalStateException("a defect, on purpose");
            }
            return super.send(message, callback);
        }

        @Override
        void commit() {
            if (strikes(Fault.TIMEOUT, 3)) {
                throw new TimeoutException("a time-out, on purpose");
            }
            if (strikes(Fault.FENCED, 5)) {
                throw new ProducerFencedException("fenced, on purpose");
            }
            super.commit();
        }
    }
}
