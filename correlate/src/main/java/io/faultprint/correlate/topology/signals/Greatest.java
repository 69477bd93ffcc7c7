package io.faultprint.correlate.topology.signals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The greatest keys of full cells, which are the next to go. A cache of rows: stores behind Kafka Streams' cache cannot
 * be read backwards (4.3.1: what was deleted since the last commit comes back, or stands there without a value), and
 * reading a cell from its beginning for every row that goes is too slow.
 */
final class Greatest {

    private static final int KEYS = 64;
    private static final int CELLS = 256;

    private final Rows rows;
    private final Map<Bytes, NavigableSet<Bytes>> tops = new LinkedHashMap<>(CELLS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, NavigableSet<Bytes>> eldest) {
            return size() > CELLS;
        }
    };

    Greatest(Rows rows) {
        this.rows = rows;
    }

    /** The last row whose key begins so; null when there is none. */
    @Nullable
    Bytes of(RowKey prefix) {
        NavigableSet<Bytes> top = tops.get(prefix.bytes());
        while (top != null && !top.isEmpty()) {
            if (rows.has(top.last())) {
                return top.last();
            }
            top.pollLast();
        }
        NavigableSet<Bytes> found = new TreeSet<>();
        rows.eachKey(prefix, key -> {
            found.add(key);
            if (found.size() > KEYS) {
                found.pollFirst();
            }
        });
        tops.put(prefix.bytes(), found);
        return found.isEmpty() ? null : found.last();
    }

    /** A row comes to stand under this prefix. */
    void added(RowKey prefix, Bytes key) {
        NavigableSet<Bytes> top = tops.get(prefix.bytes());
        if (top != null && !top.isEmpty() && key.compareTo(top.first()) > 0) {
            top.add(key);
            if (top.size() > 2 * KEYS) {
                top.pollFirst();
            }
        }
    }
}
