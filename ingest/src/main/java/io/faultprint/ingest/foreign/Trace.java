package io.faultprint.ingest.foreign;

/** Hears where the fields of a record go, for people who want to see it. */
public interface Trace {

    /** Hears nothing. */
    Trace NONE = (field, where, value) -> {};

    /**
     * A field of a record has its place.
     *
     * @param field its dotted path
     * @param where {@code time}, {@code body}, {@code level}, {@code service}, {@code instance}, {@code version},
     *     {@code environment}, {@code trace id}, {@code span id}, an attribute's name behind {@code attribute}, or
     *     {@code left out}
     * @param value as it stands there, with whatever is secret
     */
    void goes(String field, String where, String value);
}
