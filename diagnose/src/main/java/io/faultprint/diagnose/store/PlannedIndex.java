package io.faultprint.diagnose.store;

/**
 * One thing that OpenSearch must have, and how it stands.
 *
 * @param kind {@code template} of dated indices, {@code alias} with the index behind it, or {@code days}, the dated indices
 *     that are there
 * @param name its name
 * @param what what it is for, or what it lacks
 * @param state how it stands
 */
public record PlannedIndex(String kind, String name, String what, State state) {

    /** How it stands. */
    public enum State {
        THERE,
        MISSING,
        /** There, and made by an earlier version: fields are to be added, which is done in place. */
        OUTDATED,
        /** A field has another type there; that cannot be mended in place. */
        CONFLICT
    }
}
