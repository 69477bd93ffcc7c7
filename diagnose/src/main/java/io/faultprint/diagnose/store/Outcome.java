package io.faultprint.diagnose.store;

/** What became of one document of a bulk write. */
public sealed interface Outcome {

    /** It is there, or something newer is. */
    record Done() implements Outcome {}

    /**
     * A document of the same id and version with another content is there and stays: two writers disagree, which is a
     * defect of ours. It is counted and alarmed, and retrying cannot help.
     */
    record Stale(String reason) implements Outcome {}

    /** Not now: the node was busy, away, or broken. The same document may be sent again. */
    record Retry(String reason) implements Outcome {}

    /** Never: the store will refuse this document every time. */
    record Refused(String reason) implements Outcome {}

    Outcome DONE = new Done();
}
