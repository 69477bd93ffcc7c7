package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.KnownServiceRow;
import java.util.List;

/** The services that a task with spans knows; rows {@code r} environment, service. */
final class SpanRoster {

    private final Rows rows;
    private final Roster roster;
    private final long memoryMillis;

    /** @param memoryMillis how long a service is remembered after its last span, in event time */
    SpanRoster(Rows rows, Roster roster, long memoryMillis) {
        this.rows = rows;
        this.roster = roster;
        this.memoryMillis = memoryMillis;
        rows.each(RowKey.of('r'), KnownServiceRow.class, (key, row) -> {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            roster.put(
                    new ServiceBaselines.Name(parts.text(), parts.text()),
                    new Roster.Member(row.getWindows(), row.getLast()));
        });
    }

    /** These had spans in a window that closes. */
    void heard(List<ServiceBaselines.Name> names, long windowStart) {
        for (ServiceBaselines.Name name : names) {
            Roster.Member before = roster.member(name);
            int windows = (before == null ? 0 : before.windows()) + 1;
            roster.put(name, new Roster.Member(windows, windowStart));
            rows.put(key(name), new KnownServiceRow(windows, windowStart));
        }
        for (ServiceBaselines.Name name : roster.names()) {
            Roster.Member member = roster.member(name);
            if (member != null && member.last() < windowStart - memoryMillis) {
                forget(name);
            }
        }
    }

    void forget(ServiceBaselines.Name name) {
        roster.remove(name);
        rows.delete(key(name));
    }

    private static RowKey key(ServiceBaselines.Name name) {
        return RowKey.of('r').then(name.environment()).then(name.service());
    }
}
