package io.faultprint.correlate.signature;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Which templates, by number, stand under a 64-bit key: an open-addressing table of chains, since there are a dozen
 * entries for each template and objects would cost more than the templates do.
 */
final class Buckets {

    private static final int NONE = -1;
    private static final int EMPTIED = -1;
    private static final int SMALLEST = 64;

    private long[] keys = new long[SMALLEST];
    /** Where the chain of a slot begins, plus 1; 0 where nothing ever stood. */
    private int[] heads = new int[SMALLEST];

    private int slots;

    private int[] values = new int[SMALLEST];
    private int[] nexts = new int[SMALLEST];
    private int used;
    private int free = NONE;

    void add(long key, int value) {
        if (slots * 2 >= keys.length) {
            rehash();
        }
        int slot = slot(key);
        if (heads[slot] == 0) {
            keys[slot] = key;
            slots++;
        }
        int entry = entry();
        values[entry] = value;
        nexts[entry] = heads[slot] > 0 ? heads[slot] - 1 : NONE;
        heads[slot] = entry + 1;
    }

    void remove(long key, int value) {
        int slot = slot(key);
        int before = NONE;
        for (int entry = heads[slot] - 1; entry >= 0; entry = nexts[entry]) {
            if (values[entry] == value) {
                if (before == NONE) {
                    // An emptied chain keeps its slot: those behind it were placed around it.
                    heads[slot] = nexts[entry] < 0 ? EMPTIED : nexts[entry] + 1;
                } else {
                    nexts[before] = nexts[entry];
                }
                nexts[entry] = free;
                free = entry;
                return;
            }
            before = entry;
        }
        throw new IllegalStateException("template " + value + " does not stand under its key");
    }

    /** Tells of each number under a key, in no order. */
    void each(long key, IntConsumer consumer) {
        for (int entry = heads[slot(key)] - 1; entry >= 0; entry = nexts[entry]) {
            consumer.accept(values[entry]);
        }
    }

    private int entry() {
        if (free != NONE) {
            int entry = free;
            free = nexts[entry];
            return entry;
        }
        if (used == values.length) {
            values = Arrays.copyOf(values, used + used / 2);
            nexts = Arrays.copyOf(nexts, values.length);
        }
        return used++;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ key >>> 32) & mask;
        while (heads[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rehash() {
        long[] oldKeys = keys;
        int[] oldHeads = heads;
        int live = 0;
        for (int head : oldHeads) {
            live += head > 0 ? 1 : 0;
        }
        int size = SMALLEST;
        while (size < live * 3) {
            size *= 2;
        }
        keys = new long[size];
        heads = new int[size];
        slots = 0;
        for (int i = 0; i < oldHeads.length; i++) {
            if (oldHeads[i] > 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                heads[slot] = oldHeads[i];
                slots++;
            }
        }
    }
}
