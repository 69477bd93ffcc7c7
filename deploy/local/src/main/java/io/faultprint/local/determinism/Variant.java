package io.faultprint.local.determinism;

import io.faultprint.ingest.replay.Speed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which a recording is run.
 *
 * @param name what it is called: {@code paced}, {@code kills}
 * @param seed of all that is random in it; 0 where nothing is
 * @param feed how its events come
 * @param instances of correlate
 * @param trouble what befalls them meanwhile
 */
public record Variant(String name, long seed, Feed feed, int instances, Trouble trouble) {

    /** How the events of a recording come into their topics. */
    public sealed interface Feed {

        /** Through the replay door, at a speed. */
        record Played(Speed speed) implements Feed {}

        /** The same, so that it takes about this long. */
        record Lasting(Duration time) implements Feed {}

        /** As fast as it can, from files whose lines were put out of order within the lateness. */
        record Shuffled() implements Feed {}

        /** Event by event from the topics of the reference, each partition out of order within the lateness. */
        record Permuted() implements Feed {}

        /** All of it before correlate starts, the partitions one by one or in pieces, in any order. */
        record ByPartition() implements Feed {}
    }

    /** What befalls the instances of correlate while the recording plays. */
    public enum Trouble {
        NONE,
        /** Instances are closed and started again. */
        RESTARTS,
        /** Instances are killed (SIGKILL), a transaction open; others are started. */
        KILLS
    }

    private static final Feed AT_MAX = new Feed.Played(Speed.MAX);

    /** Slow enough that there is something to lose; an instance is back within a few seconds. */
    private static final Feed TROUBLED = new Feed.Lasting(Duration.ofSeconds(20));

    /** How the run that all others are held against goes. */
    static final Variant REFERENCE = new Variant("reference", 0, AT_MAX, 1, Trouble.NONE);

    /**
     * Every variant.
     *
     * @param paced how the paced one goes
     * @param seeds for each of them the random variants once
     */
    public static List<Variant> all(Feed paced, List<Long> seeds) {
        List<Variant> all = new ArrayList<>();
        all.add(new Variant("again", 0, AT_MAX, 1, Trouble.NONE));
        all.add(new Variant("paced", 0, paced, 1, Trouble.NONE));
        all.add(new Variant("instances", 0, AT_MAX, 4, Trouble.NONE));
        for (long seed : seeds) {
            all.add(new Variant("lines", seed, new Feed.Shuffled(), 1, Trouble.NONE));
            all.add(new Variant("events", seed, new Feed.Permuted(), 1, Trouble.NONE));
            all.add(new Variant("partitions", seed, new Feed.ByPartition(), 1, Trouble.NONE));
            all.add(new Variant("restarts", seed, TROUBLED, 2, Trouble.RESTARTS));
            all.add(new Variant("kills", seed, TROUBLED, 2, Trouble.KILLS));
        }
        return all;
    }

    /** Whether it may go beside the others because it mostly waits: for its pace, or for an instance to come back. */
    boolean mostlyWaits() {
        return name.equals("paced") || trouble != Trouble.NONE;
    }

    /** Whether it can begin before the reference has told how long the recording is. */
    boolean needsNothing() {
        return feed instanceof Feed.Played && trouble == Trouble.NONE;
    }

    @Override
    public String toString() {
        return seed == 0 ? name : name + " (seed " + seed + ")";
    }
}
