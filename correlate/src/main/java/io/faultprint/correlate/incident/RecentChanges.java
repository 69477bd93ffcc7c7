package io.faultprint.correlate.incident;

import static io.faultprint.correlate.table.Table.NUL;

import io.faultprint.correlate.table.Table;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.topic.Keys;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/** The changes that may explain an incident: kept from a while before any open one, and bounded. */
final class RecentChanges {

    private static final Comparator<ChangeRef> OLDEST = Comparator.comparingLong(ChangeRef::getTime)
            .thenComparing(ChangeRef::getService)
            .thenComparing(ChangeRef::getId);

    private final Table<ChangeRef> changes;
    private final IncidentSettings settings;
    private final ObjIntConsumer<Bound> left;

    RecentChanges(Table<ChangeRef> changes, IncidentSettings settings, ObjIntConsumer<Bound> left) {
        this.changes = changes;
        this.settings = settings;
        this.left = left;
    }

    void learn(String environment, List<Digest> digests) {
        boolean grew = false;
        for (Digest digest : digests) {
            for (ChangeRef change : digest.getChanges()) {
                changes.put(Keys.service(environment, digest.getService()) + NUL + change.getId(), change);
                grew = true;
            }
        }
        if (grew) {
            bound(environment);
        }
    }

    /** Forgets what is too old to explain anything that began at {@code since} or later. */
    void forget(String environment, long since) {
        long oldest = since - settings.changeLookback().toMillis();
        for (Map.Entry<String, ChangeRef> e : changes.entriesUnder(environment + "/")) {
            if (e.getValue().getTime() < oldest) {
                changes.remove(e.getKey());
            }
        }
    }

    /** The latest changes to these services from a while before {@code started}, oldest first. */
    List<ChangeRef> of(String environment, Set<String> services, long started) {
        long oldest = started - settings.changeLookback().toMillis();
        List<ChangeRef> found = changes.under(environment + "/").stream()
                .filter(c -> c.getTime() >= oldest && services.contains(c.getService()))
                .sorted(OLDEST)
                .toList();
        return found.subList(Math.max(0, found.size() - settings.caps().changes()), found.size());
    }

    private void bound(String environment) {
        List<Map.Entry<String, ChangeRef>> kept = changes.entriesUnder(environment + "/");
        int surplus = kept.size() - settings.caps().changesKept();
        if (surplus > 0) {
            kept.stream()
                    .sorted(Map.Entry.comparingByValue(OLDEST))
                    .limit(surplus)
                    .forEach(e -> changes.remove(e.getKey()));
            left.accept(Bound.CHANGES, surplus);
        }
    }
}
