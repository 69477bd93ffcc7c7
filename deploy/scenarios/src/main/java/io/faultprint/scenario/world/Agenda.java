package io.faultprint.scenario.world;

import java.util.PriorityQueue;

/** What will happen when. Things of the same moment happen in the order in which they were put down. */
final class Agenda {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now;
    private long sequence;

    /** The current moment, nanoseconds since the start of the run. */
    long now() {
        return now;
    }

    Entry after(double millis, Runnable what) {
        return at(now + Math.round(millis * 1e6), what);
    }

    Entry at(long nanos, Runnable what) {
        var entry = new Entry(Math.max(now, nanos), sequence++, what);
        entries.add(entry);
        return entry;
    }

    /** Lets everything happen that is due at or before the moment. */
    void advanceTo(long nanos) {
        for (Entry next = entries.peek(); next != null && next.at <= nanos; next = entries.peek()) {
            entries.remove();
            now = next.at;
            if (!next.cancelled) {
                next.what.run();
            }
        }
        now = Math.max(now, nanos);
    }

    /** One thing put down, which can be taken back. */
    static final class Entry implements Comparable<Entry> {
        private final long at;
        private final long sequence;
        private final Runnable what;
        private boolean cancelled;

        private Entry(long at, long sequence, Runnable what) {
            this.at = at;
            this.sequence = sequence;
            this.what = what;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
