package io.faultprint.letter;

/**
 * Why a reader of a topic refused a record: the code in a letter's {@code faultprint.cause}. The doors of ingest, which
 * read no topic, have codes of their own; all are listed in {@code schemas/README.md}.
 */
public enum Cause {
    /** No value where one belongs, or bytes that are not one whole record of a known schema. */
    MALFORMED,
    /** A record of ours that does not belong into its topic. */
    WRONG_TYPE,
    /** The key is not the one that the contents ask for, so the record stands in a partition where nobody expects it. */
    BAD_KEY,
    /** An envelope that cannot be: nobody named, a name without end, a position below zero. */
    BAD_ENVELOPE,
    /** A number, text or list that cannot be. */
    BAD_VALUE,
    /** A time that cannot be, or a window that is none. */
    BAD_TIME,
    /** More bytes than a record may have here; also a record that the stage itself could not write for its size. */
    TOO_LARGE,
    /** One more of something than whoever reads can keep apart, for example doors. */
    TOO_MANY,
    /** The store refuses the document for good. */
    REFUSED_BY_STORE,
    /** A receiver of notifications refuses what was made of the record for good. */
    REFUSED_BY_RECEIVER,
    /** In topic {@code late}: its window had closed. */
    LATE
}
