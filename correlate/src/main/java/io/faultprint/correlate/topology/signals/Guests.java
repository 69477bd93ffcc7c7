package io.faultprint.correlate.topology.signals;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The services of each open window that a task does not know yet, at most so many: those with the least lots. Rows:
 * {@code q} window, {@code g}, lot, environment, service.
 */
final class Guests {

    private static final char KEY = 'q';
    private static final char GUEST = 'g';

    private final Rows rows;
    private final Roster roster;
    private final Crowd crowd;
    private final int most;
    private final Turned turned;

    /** Told of a guest who has to leave a window for another. */
    interface Turned {
        void away(long windowStart, ServiceBaselines.Name name);
    }

    Guests(Rows rows, Roster roster, Crowd crowd, int most, Turned turned) {
        this.rows = rows;
        this.roster = roster;
        this.crowd = crowd;
        this.most = most;
        this.turned = turned;
    }

    /** Whether rows of the service may stand in the window. */
    boolean admit(long windowStart, ServiceBaselines.Name name) {
        if (roster.knows(name) || name.service().isEmpty()) {
            return true;
        }
        RowKey window = RowKey.of(KEY).then(windowStart);
        RowKey key = window.then(GUEST)
                .then(Lot.of(name.environment(), name.service()))
                .then(name.environment())
                .then(name.service());
        if (rows.has(key)) {
            return true;
        }
        if (!crowd.admit(window, GUEST, key, most, false, leaving -> turned.away(windowStart, name(leaving)))) {
            return false;
        }
        rows.mark(key);
        return true;
    }

    /** The guests of a window by lot, who are none from now on: it closes. */
    List<ServiceBaselines.Name> close(long windowStart) {
        RowKey window = RowKey.of(KEY).then(windowStart);
        List<ServiceBaselines.Name> names = new ArrayList<>();
        for (Bytes key : rows.keys(window)) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            parts.number();
            if (parts.kind() == GUEST) {
                names.add(name(key));
            }
            rows.delete(key);
        }
        return names;
    }

    private static ServiceBaselines.Name name(Bytes key) {
        RowKey.Parts parts = new RowKey.Parts(key);
        parts.kind();
        parts.number();
        parts.kind();
        parts.number();
        return new ServiceBaselines.Name(parts.text(), parts.text());
    }
}
