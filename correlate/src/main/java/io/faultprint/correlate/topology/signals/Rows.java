package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.AliasRow;
import io.faultprint.correlate.state.BatchRow;
import io.faultprint.correlate.state.BufferedSpan;
import io.faultprint.correlate.state.CloseRow;
import io.faultprint.correlate.state.CountRow;
import io.faultprint.correlate.state.CounterRow;
import io.faultprint.correlate.state.CutRow;
import io.faultprint.correlate.state.KnownHashRow;
import io.faultprint.correlate.state.KnownServiceRow;
import io.faultprint.correlate.state.LevelRow;
import io.faultprint.correlate.state.LineRow;
import io.faultprint.correlate.state.LogRow;
import io.faultprint.correlate.state.LossRow;
import io.faultprint.correlate.state.PartitionRow;
import io.faultprint.correlate.state.PointRow;
import io.faultprint.correlate.state.SeenRow;
import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.correlate.state.SignatureRow;
import io.faultprint.correlate.state.SignatureSeenRow;
import io.faultprint.correlate.state.TickRow;
import io.faultprint.event.Envelope;
import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.BundledSchemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The rows of one changelogged store, as Avro records. What is put here survives a crash with the output it led to. */
final class Rows {

    /** Every type of row, for the bundled catalogue. */
    static final List<Class<? extends SpecificRecord>> TYPES = List.of(
            PartitionRow.class,
            TickRow.class,
            CloseRow.class,
            LossRow.class,
            CutRow.class,
            KnownServiceRow.class,
            BatchRow.class,
            BufferedSpan.class,
            LogRow.class,
            LineRow.class,
            SeenRow.class,
            PointRow.class,
            CounterRow.class,
            LevelRow.class,
            CountRow.class,
            ServiceRow.class,
            SignatureRow.class,
            KnownHashRow.class,
            AliasRow.class,
            SignatureSeenRow.class);

    private static final byte[] MARK = {0};
    private static final int OVERHEAD = 120;

    private final KeyValueStore<Bytes, byte[]> store;
    private final AvroCodec codec;
    private final boolean weighed;
    private long weight;

    Rows(KeyValueStore<Bytes, byte[]> store, AvroCodec codec) {
        this(store, codec, false);
    }

    private Rows(KeyValueStore<Bytes, byte[]> store, AvroCodec codec, boolean weighed) {
        this.store = store;
        this.codec = codec;
        this.weighed = weighed;
    }

    /** Rows that know how much memory they take; the store is read once to begin with. */
    static Rows weighed(KeyValueStore<Bytes, byte[]> store, AvroCodec codec) {
        Rows rows = new Rows(store, codec, true);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(row -> rows.weight += weight(row.key, row.value));
        }
        return rows;
    }

    /** Bytes of heap that the rows take, about. */
    long weight() {
        return weight;
    }

    /** The codec of state: bundled ids, whatever the topics have. */
    static AvroCodec codec() {
        return new AvroCodec(BundledSchemas.ofTopicsAnd(TYPES));
    }

    <T extends SpecificRecord> @Nullable T get(RowKey key, Class<T> type) {
        return get(key.bytes(), type);
    }

    <T extends SpecificRecord> @Nullable T get(Bytes key, Class<T> type) {
        byte[] bytes = store.get(key);
        return bytes == null ? null : type.cast(codec.decode(bytes));
    }

    /** How many rows there are. */
    long size() {
        return store.approximateNumEntries();
    }

    boolean has(RowKey key) {
        return has(key.bytes());
    }

    boolean has(Bytes key) {
        return store.get(key) != null;
    }

    void put(RowKey key, SpecificRecord row) {
        put(key.bytes(), codec.encode(store.name(), row));
    }

    /**
     * Puts an event under a key that others may have taken: of two, the later one stays, and of two of one time the one
     * whose bytes are greater, so that it does not matter which came first.
     */
    void putLatest(RowKey key, long time, SpecificRecord event) {
        byte[] bytes = codec.encode(store.name(), event);
        byte[] there = store.get(key.bytes());
        if (there != null) {
            long before = ((Envelope) codec.decode(there).get(0)).getEventTime();
            if (before > time || (before == time && Arrays.compareUnsigned(there, bytes) >= 0)) {
                return;
            }
        }
        put(key.bytes(), bytes);
    }

    /** Puts a row that says all with its key. */
    void mark(RowKey key) {
        put(key.bytes(), MARK);
    }

    void delete(RowKey key) {
        delete(key.bytes());
    }

    void delete(Bytes key) {
        byte[] before = store.delete(key);
        weight -= weighed ? weight(key, before) : 0;
    }

    private void put(Bytes key, byte[] row) {
        if (weighed) {
            weight += weight(key, row) - weight(key, store.get(key));
        }
        store.put(key, row);
    }

    /** Two objects with headers, and the entry of the sorted map that holds them. */
    private static long weight(Bytes key, byte @Nullable [] row) {
        return row == null ? 0 : key.get().length + row.length + OVERHEAD;
    }

    /** The rows whose keys begin so, in order. The rows are read whole first, so the consumer may put and delete. */
    <T extends SpecificRecord> void each(RowKey prefix, Class<T> type, BiConsumer<Bytes, T> consumer) {
        for (KeyValue<Bytes, byte[]> row : list(prefix)) {
            consumer.accept(row.key, type.cast(codec.decode(row.value)));
        }
    }

    /** The keys that begin so, in order. */
    List<Bytes> keys(RowKey prefix) {
        return list(prefix).stream().map(row -> row.key).toList();
    }

    /** How many keys begin so. */
    int count(RowKey prefix) {
        return list(prefix).size();
    }

    /** The rows whose keys begin so, in order, each decoded by its own type; null where the key says all. */
    List<KeyValue<Bytes, @Nullable SpecificRecord>> all(RowKey prefix) {
        List<KeyValue<Bytes, @Nullable SpecificRecord>> rows = new ArrayList<>();
        list(prefix)
                .forEach(row -> rows.add(
                        KeyValue.pair(row.key, row.value.length == MARK.length ? null : codec.decode(row.value))));
        return rows;
    }

    /** The first key that is at least the one and begins with the other; null when there is none. */
    @Nullable
    Bytes firstKey(RowKey from, RowKey prefix) {
        return firstKey(from.bytes(), prefix);
    }

    /** The same. */
    @Nullable
    Bytes firstKey(Bytes from, RowKey prefix) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, prefix.end())) {
            return rows.hasNext() ? rows.peekNextKey() : null;
        }
    }

    /** Shows the keys that begin so, in order; nothing may be put or deleted meanwhile. */
    void eachKey(RowKey prefix, Consumer<Bytes> consumer) {
        Bytes end = prefix.end();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(prefix.bytes(), end)) {
            while (rows.hasNext()) {
                Bytes key = rows.next().key;
                if (!key.equals(end)) {
                    consumer.accept(key);
                }
            }
        }
    }

    /** The keys from the one to before the other, in order. */
    List<Bytes> keysBetween(RowKey from, RowKey before) {
        return list(from.bytes(), before.bytes()).stream().map(row -> row.key).toList();
    }

    private List<KeyValue<Bytes, byte[]>> list(RowKey prefix) {
        return list(prefix.bytes(), prefix.end());
    }

    private List<KeyValue<Bytes, byte[]>> list(Bytes from, Bytes end) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, end)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (!row.key.equals(end)) {
                    found.add(row);
                }
            }
        }
        return found;
    }
}
