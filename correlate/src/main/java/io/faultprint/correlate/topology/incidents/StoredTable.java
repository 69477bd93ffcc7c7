package io.faultprint.correlate.topology.incidents;

import io.faultprint.correlate.table.Table;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Tables over stores: every change goes through at once, and a new table begins with what the store holds. */
final class StoredTable {

    private StoredTable() {}

    static <V> Table<V> of(ProcessorContext<?, ?> context, String name) {
        KeyValueStore<String, V> store = context.getStateStore(name);
        Table<V> table = new Table<>((key, row) -> {
            if (row == null) {
                store.delete(key);
            } else {
                store.put(key, row);
            }
        });
        try (KeyValueIterator<String, V> rows = store.all()) {
            rows.forEachRemaining(row -> table.restore(row.key, row.value));
        }
        return table;
    }
}
