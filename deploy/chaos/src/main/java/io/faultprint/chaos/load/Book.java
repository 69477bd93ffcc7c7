package io.faultprint.chaos.load;

import java.util.BitSet;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The book of all events: those that were made, and those of them that somebody acknowledged. Safe for many threads. */
public final class Book {

    /** The kinds of events that are sent; the name of each is that of its topic. */
    public enum Kind {
        LOGS,
        METRICS,
        SPANS,
        CHANGES
    }

    private record Page(BitSet made, BitSet acknowledged) {}

    private final Map<Kind, Map<String, Page>> pages = new TreeMap<>();

    /** An event was made and will be sent. */
    public synchronized void made(Kind kind, Stamp stamp) {
        page(kind, stamp).made().set(Math.toIntExact(stamp.sequence()));
    }

    /** Ingest answered 2xx to the request that held it. */
    public synchronized void acknowledged(Kind kind, Stamp stamp) {
        page(kind, stamp).acknowledged().set(Math.toIntExact(stamp.sequence()));
    }

    /** How many were made. */
    public synchronized long made(Kind kind) {
        return pages(kind).values().stream()
                .mapToLong(page -> page.made().cardinality())
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
        Page page = pages(kind).get(stamp.sender());
        return page != null
                && stamp.sequence() <= Integer.MAX_VALUE
                && page.made().get((int) stamp.sequence());
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
        return pages(kind).computeIfAbsent(stamp.sender(), key -> new Page(new BitSet(), new BitSet()));
    }
}
