package io.faultprint.scenario.world;

/** What a cache holds of what is asked for: a flush empties it, each miss that is answered fills a little of it again. */
final class CacheContents {

    /** Entries that make up nearly all hits: so many answered misses fill most of an empty cache. */
    private static final double HOT_ENTRIES = 250;

    /** Takes a share of the hits away, as a short life of entries does. */
    final Dial lost = Dial.share();

    /** What building an entry anew costs the database behind, compared with a usual query. */
    final Dial rebuild = Dial.factor();

    private double warmth = 1;

    void flush() {
        warmth = 0;
    }

    double warmth() {
        return warmth;
    }

    /** The chance of a hit, when it would be this in health. */
    double chance(double healthy) {
        return healthy * warmth * (1 - lost.value());
    }

    void filled() {
        warmth = warmth > 0.999 ? 1 : warmth + (1 - warmth) / HOT_ENTRIES;
    }
}
