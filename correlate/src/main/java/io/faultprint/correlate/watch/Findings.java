package io.faultprint.correlate.watch;

import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reasons as they are found, one for each cause and thing: a dead door is missed in twenty inputs and is one door. */
final class Findings {

    private static final int NAMED = 4;

    private record Key(PulseCause cause, String what) {}

    private static final class Found {
        private final String message;
        private final List<String> places = new ArrayList<>();
        private long since;

        private Found(String message, long since) {
            this.message = message;
            this.since = since;
        }
    }

    private final Map<Key, Found> found = new LinkedHashMap<>();
    private final List<String> behind = new ArrayList<>();
    private long behindSince;
    private long waiting;

    Findings(long now) {
        this.behindSince = now;
    }

    void add(PulseCause cause, String what, long since, String message, String... places) {
        Found one = found.computeIfAbsent(new Key(cause, what), key -> new Found(message, since));
        one.since = Math.min(one.since, since);
        one.places.addAll(List.of(places));
    }

    /** One reason for everything that is merely behind. */
    void behind(String what, long since, long lag, String words) {
        behind.add(what + " " + words);
        behindSince = Math.min(behindSince, since);
        waiting += lag;
    }

    /** Records that wait in what is behind. */
    long waiting() {
        return waiting;
    }

    List<PulseReason> reasons() {
        List<PulseReason> reasons = new ArrayList<>();
        found.forEach((key, one) -> reasons.add(new PulseReason(
                key.cause(),
                key.what(),
                one.since,
                one.places.isEmpty() ? one.message : one.message + " (" + few(one.places) + ")")));
        if (!behind.isEmpty()) {
            reasons.add(new PulseReason(
                    PulseCause.BEHIND,
                    "inputs",
                    behindSince,
                    "catching up, " + waiting + " records wait: " + few(behind)));
        }
        return reasons;
    }

    private static String few(List<String> names) {
        String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
    }
}
