package io.faultprint.correlate.table;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorted rows on the heap, every change of which is handed on at once to whatever keeps it: a changelogged store in a
 * topology, nothing in a test. The algorithms see only this, so that the heap is never more than a cache of the store.
 *
 * <p>Keys begin with the environment and a slash; where more parts follow a name of free form they are set apart by
 * NUL, because a service's name may hold a slash.
 *
 * @param <V> an immutable row
 */
public final class Table<V> {

    /** Between the parts of a key after a name of free form. */
    public static final char NUL = '\0';

    /** Where changes go. */
    @FunctionalInterface
    public interface Keeper<V> {

        /** Keeps a row, or forgets it when {@code row} is null. */
        void keep(String key, @Nullable V row);
    }

    private final TreeMap<String, V> rows = new TreeMap<>();
    private final Keeper<V> keeper;

    /** A table whose changes go to {@code keeper}. */
    public Table(Keeper<V> keeper) {
        this.keeper = keeper;
    }

    /** A table that lives on the heap alone. */
    public static <V> Table<V> onHeap() {
        return new Table<>((key, row) -> {});
    }

    /** Brings back a row that the keeper already has. */
    public void restore(String key, V row) {
        rows.put(key, row);
    }

    public @Nullable V get(String key) {
        return rows.get(key);
    }

    public void put(String key, V row) {
        rows.put(key, row);
        keeper.keep(key, row);
    }

    public void remove(String key) {
        if (rows.remove(key) != null) {
            keeper.keep(key, null);
        }
    }

    /** The rows whose key begins with {@code prefix}, in key order; a copy, so that rows may be changed meanwhile. */
    public List<V> under(String prefix) {
        return List.copyOf(view(prefix).values());
    }

    /** As {@link #under}, with the keys. */
    public List<Map.Entry<String, V>> entriesUnder(String prefix) {
        return view(prefix).entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue()))
                .toList();
    }

    public void removeUnder(String prefix) {
        List.copyOf(view(prefix).keySet()).forEach(this::remove);
    }

    public List<String> keys() {
        return List.copyOf(rows.keySet());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    private SortedMap<String, V> view(String prefix) {
        return rows.subMap(prefix, prefix + Character.MAX_VALUE);
    }
}
