package io.faultprint.serde.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ids that the registry does not know, with its words; the latest so many, each for a while, because an id that is unknown
 * today may be given tomorrow.
 */
final class Unknown {

    private record Said(String why, long time) {}

    private final long nanos;
    private final Map<Integer, Said> ids;

    Unknown(int most, long nanos) {
        this.nanos = nanos;
        this.ids = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Said> eldest) {
                return size() > most;
            }
        };
    }

    synchronized @Nullable String get(int id) {
        Said said = ids.get(id);
        if (said == null) {
            return null;
        }
        if (System.nanoTime() - said.time() > nanos) {
            ids.remove(id);
            return null;
        }
        return said.why();
    }

    synchronized void put(int id, String why) {
        ids.put(id, new Said(why, System.nanoTime()));
    }
}
