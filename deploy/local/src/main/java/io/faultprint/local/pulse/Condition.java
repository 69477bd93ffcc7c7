package io.faultprint.local.pulse;

/** How an instance is, by its last pulse and that pulse's age. */
public enum Condition {
    SEEING,
    CATCHING_UP,
    BLIND,
    /** It stopped in good order. */
    STOPPED,
    /** It has said nothing for three of its periods, and did not say that it stops. */
    DEAD,
    /** Dead for an hour, and others of its stage do its work. */
    GONE;

    /** Whether it works, well or badly. */
    boolean alive() {
        return this == SEEING || this == CATCHING_UP || this == BLIND;
    }
}
