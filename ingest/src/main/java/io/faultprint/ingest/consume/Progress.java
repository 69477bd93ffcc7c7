package io.faultprint.ingest.consume;

/**
 * How far one partition of a foreign topic has been read, as a time: all that was appended before it has been taken. While
 * the door is behind, that is the records' own time; once the end of the log as it was at some moment is reached, it is that
 * moment. So a door that catches up says what it would have said in real time, and one that merely waits for records goes on.
 */
final class Progress {

    static final long UNKNOWN = Long.MIN_VALUE;

    /** Since when a partition is covered that has never held a record. */
    static final long ALWAYS = 0;

    private long next;
    private long coveredFrom;
    private long reached;
    private long askedAt = UNKNOWN;
    private long askedEnd;

    /**
     * @param next offset of the next record
     * @param coveredFrom since when everything in the partition was read, epoch milliseconds; {@link #UNKNOWN} where
     *     reading begins with the first record that comes
     * @param reached how far that is, epoch milliseconds, or {@link #UNKNOWN}
     */
    Progress(long next, long coveredFrom, long reached) {
        this.next = next;
        this.coveredFrom = coveredFrom;
        this.reached = reached;
    }

    /**
     * Some records were taken.
     *
     * @param following offset of the record behind them
     * @param earliest least time among them: producers write those, and one clock ahead must not move the others
     * @param now no record is of the future
     */
    void taken(long following, long earliest, long now) {
        next = Math.max(next, following);
        reach(Math.min(earliest, now));
        settle();
    }

    /** Reading stands here now, also behind what is not handed out, as the marks of transactions. */
    void at(long position) {
        next = Math.max(next, position);
        settle();
    }

    /** The log ended there at that time; an earlier answer that is not reached yet is kept, or it never would be. */
    void end(long end, long at) {
        if (askedAt == UNKNOWN) {
            askedAt = at;
            askedEnd = end;
            settle();
        }
    }

    /** What stood there is gone, for example by retention: the stretch until the next record is seen by nobody. */
    void lost(long position) {
        next = position;
        coveredFrom = UNKNOWN;
        askedAt = UNKNOWN;
    }

    private void settle() {
        if (askedAt != UNKNOWN && next >= askedEnd) {
            // At offset 0 the end is also the beginning: an empty partition must not hide what the others hold of the
            // past.
            coveredFrom = coveredFrom == UNKNOWN && next == 0 ? ALWAYS : coveredFrom;
            reach(askedAt);
            askedAt = UNKNOWN;
        }
    }

    private void reach(long time) {
        reached = Math.max(reached, time);
        coveredFrom = coveredFrom == UNKNOWN ? Math.max(time, 0) : coveredFrom;
    }

    long next() {
        return next;
    }

    /** How many records are known to wait. */
    long lag() {
        return askedAt == UNKNOWN ? 0 : Math.max(0, askedEnd - next);
    }

    ProgressNote note() {
        return new ProgressNote(coveredFrom, reached);
    }
}
