package io.faultprint.ingest.otlp;

import java.util.function.LongPredicate;

/**
 * How many parts one request may have, and room for them. A part is anything that becomes an object: a record, an
 * attribute, a value, an element of a list. Two bytes on the wire can be a part of a hundred bytes in memory, so the
 * length of a body says little about what it costs to read it.
 */
public final class Parts {

    /** Bytes of memory that a part is reckoned at; measured: 48 to 120 for records and attributes without content. */
    public static final int BYTES = 64;

    private static final int STEP = 1024;

    private final int most;
    private final LongPredicate room;
    private long count;
    private long granted;

    /**
     * @param most the most parts of a request
     * @param room asked for memory, in bytes, a little ahead of the parts; false when there is none now
     */
    public Parts(int most, LongPredicate room) {
        this.most = most;
        this.room = room;
    }

    /** So many parts, and all the memory they need. */
    public static Parts upTo(int most) {
        return new Parts(most, bytes -> true);
    }

    void add(long parts) {
        count += parts;
        if (count > most) {
            throw new TooMany();
        }
        while (count > granted) {
            if (!room.test((long) STEP * BYTES)) {
                throw new NoRoom();
            }
            granted += STEP;
        }
    }

    /** Bytes that are copied: each spoiled record has its resource with it, so a little damage can weigh much. */
    void copied(long bytes) {
        add(bytes / BYTES);
    }

    Decoded.TooMany tooMany() {
        return new Decoded.TooMany("more than " + most
                + " records, attributes, values and elements of lists in one request; send smaller batches");
    }

    /** There are more than a request may have. */
    static final class TooMany extends Stop {
        private static final long serialVersionUID = 1L;
    }

    /** There is no memory for more of them now. */
    static final class NoRoom extends Stop {
        private static final long serialVersionUID = 1L;
    }

    /** Unchecked, so that it passes by those who mend damage; never leaves this package. */
    private abstract static class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }
}
