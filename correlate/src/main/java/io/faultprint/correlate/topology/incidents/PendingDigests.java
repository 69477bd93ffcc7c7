package io.faultprint.correlate.topology.incidents;

import io.faultprint.snapshot.Digest;
import io.faultprint.topic.Keys;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The digests of windows that are not evaluated yet. Key: start of the window (8 bytes, big-endian, sign flipped so that
 * bytes sort as numbers do), then environment/service.
 */
final class PendingDigests {

    /** Digests of windows that a source has not closed, before those are left out that tell of nothing. */
    static final int MOST_PLAIN = 40_000;

    /** The same, before any is left out. */
    static final int MOST = 60_000;

    private final KeyValueStore<byte[], Digest> store;
    private final int mostPlain;
    private final int most;

    /** How many there are of each window. */
    private final TreeMap<Long, Integer> counts = new TreeMap<>();

    PendingDigests(KeyValueStore<byte[], Digest> store) {
        this(store, MOST_PLAIN, MOST);
    }

    PendingDigests(KeyValueStore<byte[], Digest> store, int mostPlain, int most) {
        this.store = store;
        this.mostPlain = mostPlain;
        this.most = most;
        try (KeyValueIterator<byte[], Digest> rows = store.all()) {
            while (rows.hasNext()) {
                counts.merge(windowOf(rows.next().key), 1, Integer::sum);
            }
        }
    }

    /**
     * A service has one digest per window; should two ever come, the greater by Avro's order stays, whichever came
     * first.
     *
     * @param closed up to where every source had closed its windows when the digest stood in its partition. Only what waits
     *     for a source counts against the bound, and not what waits to be evaluated: that would depend on how fast it goes.
     * @return false when so many wait for a source that stands still that this one is left out
     */
    boolean put(Digest digest, long closed) {
        byte[] key = key(digest);
        Digest there = store.get(key);
        if (there == null && waiting(closed) >= (plain(digest) ? mostPlain : most)) {
            return false;
        }
        if (there == null || digest.compareTo(there) > 0) {
            store.put(key, digest);
        }
        if (there == null) {
            counts.merge(digest.getWindowStart(), 1, Integer::sum);
        }
        return true;
    }

    private int waiting(long closed) {
        return counts.tailMap(closed, true).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Of a service that is well, and with which nothing was done: without it only a call may be learned later. */
    private static boolean plain(Digest digest) {
        return digest.getSurprises().isEmpty() && digest.getChanges().isEmpty();
    }

    OptionalLong firstWindow() {
        return counts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counts.firstKey());
    }

    /** Removes the digests of a window and hands them out by environment, each list by service. */
    SortedMap<String, List<Digest>> take(long windowStart) {
        List<KeyValue<byte[], Digest>> found = new ArrayList<>();
        try (KeyValueIterator<byte[], Digest> rows = store.range(prefix(windowStart), prefix(windowStart + 1))) {
            rows.forEachRemaining(found::add);
        }
        SortedMap<String, List<Digest>> contents = new TreeMap<>();
        for (KeyValue<byte[], Digest> row : found) {
            contents.computeIfAbsent(row.value.getEnvironment(), e -> new ArrayList<>())
                    .add(row.value);
            store.delete(row.key);
        }
        counts.remove(windowStart);
        return contents;
    }

    private static byte[] key(Digest digest) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(prefix(digest.getWindowStart()));
        key.writeBytes(
                Keys.service(digest.getEnvironment(), digest.getService()).getBytes(StandardCharsets.UTF_8));
        return key.toByteArray();
    }

    private static byte[] prefix(long windowStart) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(windowStart ^ Long.MIN_VALUE)
                .array();
    }

    private static long windowOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong() ^ Long.MIN_VALUE;
    }
}
