package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.SeenRow;
import org.apache.kafka.common.utils.Bytes;

/**
 * Lets rows of one kind into a cell, which is one service in one open window: up to a cap, the least keys beyond it. The
 * same rows stay in whatever order they come, as long as memory suffices for the caps.
 *
 * <p>When the rows of all open windows weigh more than the task may hold, a cell that has some rows already gets no more
 * than it has; only then does it matter who came first.
 */
final class Crowd {

    /** So many rows of a kind a known service gets even when memory is short. */
    private static final int FEW = 20;

    private final Rows rows;
    private final long bytes;
    private final Greatest greatest;

    /** What becomes of a row that has to go for another; it is deleted afterwards. */
    interface Leaving {
        void leave(Bytes key);
    }

    /** @param bytes what the rows of all open windows may weigh */
    Crowd(Rows rows, long bytes) {
        this.rows = rows;
        this.bytes = bytes;
        this.greatest = new Greatest(rows);
    }

    /**
     * Whether a row that is not there yet gets in.
     *
     * @param cell window, environment and service, where the cell's count is kept
     * @param kind the letter of the rows, after which their lot or name follows
     * @param known whether the service is one that the task remembers
     */
    boolean admit(RowKey cell, char kind, RowKey key, int most, boolean known, Leaving leaving) {
        SeenRow seen = seen(cell, kind);
        if (seen.getDistinct() < most && suffices(seen.getDistinct(), known)) {
            rows.put(countKey(cell, kind), new SeenRow(seen.getDistinct() + 1, seen.getFlood()));
            greatest.added(cell.then(kind), key.bytes());
            return true;
        }
        Bytes last = greatest.of(cell.then(kind));
        if (last == null || key.bytes().compareTo(last) > 0) {
            return false;
        }
        leaving.leave(last);
        rows.delete(last);
        greatest.added(cell.then(kind), key.bytes());
        return true;
    }

    /** Counts what stays without a row of its own. */
    void beyond(RowKey cell, char kind, long things) {
        SeenRow seen = seen(cell, kind);
        rows.put(countKey(cell, kind), new SeenRow(seen.getDistinct(), seen.getFlood() + things));
    }

    /** Whether the task may hold more at all. */
    boolean suffices() {
        return rows.weight() < bytes + bytes / 4;
    }

    private boolean suffices(int there, boolean known) {
        return rows.weight() < bytes || (known && there < FEW && suffices());
    }

    private SeenRow seen(RowKey cell, char kind) {
        SeenRow seen = rows.get(countKey(cell, kind), SeenRow.class);
        return seen == null ? new SeenRow(0, 0L) : seen;
    }

    private static RowKey countKey(RowKey cell, char kind) {
        return cell.then(WindowKeys.SEEN).then(kind);
    }
}
