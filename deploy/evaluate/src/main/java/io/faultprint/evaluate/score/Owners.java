package io.faultprint.evaluate.score;

import io.faultprint.evaluate.truth.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which incidents belong to which fault: those that opened from half a minute before its onset to some minutes after it, or
 * within as long of one of its signs, as of a leak that nobody can feel at first; where faults follow closely, to the
 * latest of them.
 *
 * @param window how long after its onset, or the beginning of a sign, a fault still owns what opens
 */
public record Owners(Duration window) {

    /** Three minutes, as the reference scorer has it. */
    public static final Owners DEFAULT = new Owners(Duration.ofMinutes(3));

    private static final long BEFORE_MILLIS = 30_000;

    /** The incidents of each fault by their opening, and those of none under the empty key. */
    public Map<Optional<Fault>, List<History>> assign(List<Fault> faults, List<History> incidents) {
        Map<Optional<Fault>, List<History>> owned = new LinkedHashMap<>();
        List<History> byOpening = incidents.stream()
                .sorted(Comparator.comparingLong(History::opened)
                        .thenComparing(history -> history.last().getId()))
                .toList();
        for (History incident : byOpening) {
            owned.computeIfAbsent(owner(faults, incident.opened()), fault -> new ArrayList<>())
                    .add(incident);
        }
        return owned;
    }

    private Optional<Fault> owner(List<Fault> faults, long opened) {
        return faults.stream()
                .filter(fault -> soon(fault, opened) || fault.signs().stream().anyMatch(sign -> within(sign, opened)))
                .reduce((earlier, later) -> later);
    }

    /** Whether an incident opened as soon as it should have. */
    boolean soon(Fault fault, long opened) {
        return fault.time() - BEFORE_MILLIS <= opened && opened <= fault.time() + window.toMillis();
    }

    private boolean within(long sign, long opened) {
        return sign <= opened && opened <= sign + window.toMillis();
    }
}
