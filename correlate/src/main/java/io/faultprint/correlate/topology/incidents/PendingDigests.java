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

    private final KeyValueStore<byte[], Digest> store;

    PendingDigests(KeyValueStore<byte[], Digest> store) {
        this.store = store;
    }

    /**
     * A service has one digest per window; should two ever come, the greater by Avro's order stays, whichever came
     * first.
     */
    void put(Digest digest) {
        byte[] key = key(digest);
        Digest there = store.get(key);
        if (there == null || digest.compareTo(there) > 0) {
            store.put(key, digest);
        }
    }

    OptionalLong firstWindow() {
        try (KeyValueIterator<byte[], Digest> rows = store.all()) {
            return rows.hasNext() ? OptionalLong.of(windowOf(rows.peekNextKey())) : OptionalLong.empty();
        }
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
