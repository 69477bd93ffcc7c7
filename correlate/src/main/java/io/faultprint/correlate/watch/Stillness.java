package io.faultprint.correlate.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Since when things have not changed, by the clock of who looks at them. */
final class Stillness {

    private record Still(Object value, long since) {}

    private final Map<String, Still> things = new HashMap<>();
    private final Set<String> looked = new HashSet<>();

    /** Since when the thing has had this value: now, when it is new or has another one. */
    long since(String thing, Object value, long now) {
        looked.add(thing);
        Still before = things.get(thing);
        if (before != null && before.value().equals(value)) {
            return before.since();
        }
        things.put(thing, new Still(value, now));
        return now;
    }

    /** Forgets what was not looked at since the last call: it is not ours any more. */
    void forgetOthers() {
        things.keySet().retainAll(looked);
        looked.clear();
    }
}
