package io.faultprint.chaos.load;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The book of all events: those that were made, and those of them that somebody acknowledged. Safe for many threads. */
public final class Book {

    /** The kinds of events that are sent; the name of each is that of its topic. */
    public enum Kind {
        LOGS,
        METRICS,
        SPANS,
        CHANGES
    }

    /** What the sender knows of an event of its own. */
    private static final class Entry {
        private final String service;
        private final long time;
        private int posts;

        private Entry(String service, long time) {
            this.service = service;
            this.time = time;
        }
    }

    private record Page(Map<Integer, Entry> made, BitSet acknowledged) {}

    /** Event time further ahead than this counts at its receipt: {@code time.future}. */
    private static final long FUTURE_MILLIS = 300_000;

    private final Map<Kind, Map<String, Page>> pages = new TreeMap<>();

    /**
     * An event was made and will be sent.
     *
     * @param time as its sender's clock says, epoch milliseconds
     */
    public synchronized void made(Kind kind, Stamp stamp, String service, long time) {
        page(kind, stamp).made().put(Math.toIntExact(stamp.sequence()), new Entry(service, time));
    }

    /** A request with it goes to ingest, for the first time or once more. */
    public synchronized void posted(Kind kind, Stamp stamp) {
        Entry entry = entry(kind, stamp);
        if (entry != null) {
            entry.posts++;
        }
    }

    /** Ingest answered 2xx to the request that held it. */
    public synchronized void acknowledged(Kind kind, Stamp stamp) {
        page(kind, stamp).acknowledged().set(Math.toIntExact(stamp.sequence()));
    }

    /** How many were made. */
    public synchronized long made(Kind kind) {
        return pages(kind).values().stream()
                .mapToLong(page -> page.made().size())
                .sum();
    }

    /** How many were acknowledged. */
    public synchronized long acknowledged(Kind kind) {
        return pages(kind).values().stream()
                .mapToLong(page -> page.acknowledged().cardinality())
                .sum();
    }

    /** Whether such an event was ever made. */
    public synchronized boolean knows(Kind kind, Stamp stamp) {
        return entry(kind, stamp) != null;
    }

    /**
     * What an event in its topic is not as it was sent; empty when it is.
     *
     * @param received when ingest received it, epoch milliseconds
     */
    public synchronized List<String> altered(Kind kind, Stamp stamp, String service, long time, long received) {
        Entry entry = entry(kind, stamp);
        List<String> altered = new ArrayList<>();
        if (entry != null && !entry.service.equals(service)) {
            altered.add("%s %s was %s's and is %s's".formatted(kind, stamp.text(), entry.service, service));
        }
        boolean ahead = entry != null && entry.time > received + FUTURE_MILLIS;
        if (entry != null && time != (ahead ? received : entry.time)) {
            altered.add("%s %s was of %d and is of %d".formatted(kind, stamp.text(), entry.time, time));
        }
        return altered;
    }

    /** How often it was posted. */
    public synchronized int posts(Kind kind, Stamp stamp) {
        Entry entry = entry(kind, stamp);
        return entry == null ? 0 : entry.posts;
    }

    /** The stamps that were acknowledged and are not among these, as text; sorted. */
    public synchronized SortedSet<String> missing(Kind kind, Map<String, BitSet> found) {
        TreeSet<String> missing = new TreeSet<>();
        pages(kind).forEach((sender, page) -> {
            BitSet lost = (BitSet) page.acknowledged().clone();
            lost.andNot(found.getOrDefault(sender, new BitSet()));
            lost.stream().forEach(sequence -> missing.add(new Stamp(sender, sequence).text()));
        });
        return missing;
    }

    private Map<String, Page> pages(Kind kind) {
        return pages.computeIfAbsent(kind, key -> new TreeMap<>());
    }

    private Page page(Kind kind, Stamp stamp) {
        return pages(kind).computeIfAbsent(stamp.sender(), key -> new Page(new HashMap<>(), new BitSet()));
    }

    private @Nullable Entry entry(Kind kind, Stamp stamp) {
        Page page = pages(kind).get(stamp.sender());
        return page == null || stamp.sequence() > Integer.MAX_VALUE
                ? null
                : page.made().get((int) stamp.sequence());
    }
}
