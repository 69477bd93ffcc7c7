package io.faultprint.serde.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ids that the registry does not know, with its words; the latest so many. Each is asked for again after a pause, at first
 * a short one, because a writer may be a moment ahead of its registry, or of a replica of it; with every further no the
 * pause doubles, because the id of damaged bytes is never given.
 */
final class Unknown {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private record Said(String why, long time, long pause) {}

    private final LongSupplier nanos;
    private final Map<Integer, Said> ids;

    /**
     * Knows none yet.
     *
     * @param most how many it keeps
     * @param nanos a clock that only goes forward
     */
    Unknown(int most, LongSupplier nanos) {
        this.nanos = nanos;
        this.ids = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Said> eldest) {
                return size() > most;
            }
        };
    }

    /** What the registry said; null when it is to be asked. */
    synchronized @Nullable String get(int id) {
        Said said = ids.get(id);
        return said == null || nanos.getAsLong() - said.time() >= said.pause() ? null : said.why();
    }

    /** The registry said no. */
    synchronized void put(int id, String why) {
        Said before = ids.get(id);
        long pause = before == null ? FIRST_NANOS : Math.min(2 * before.pause(), LONGEST_NANOS);
        ids.put(id, new Said(why, nanos.getAsLong(), pause));
    }

    /** The registry knows it now. */
    synchronized void remove(int id) {
        ids.remove(id);
    }
}
