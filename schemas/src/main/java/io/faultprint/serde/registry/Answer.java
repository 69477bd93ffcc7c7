package io.faultprint.serde.registry;

/**
 * What the registry said to one question.
 *
 * @param <T> what it was asked for
 */
sealed interface Answer<T> {

    /** This is it. */
    record Given<T>(T value) implements Answer<T> {}

    /** A registry says that there is no such subject, version, schema or id. */
    record Missing<T>(String why) implements Answer<T> {}

    /** A registry says that what it was given can never be taken: incompatible, or no schema. */
    record Rejected<T>(String why) implements Answer<T> {}

    /** It does not let us in: a question of credentials, which somebody has to mend. */
    record Refused<T>(String why) implements Answer<T> {}

    /** Nobody answers, or not as a registry does: a later question may be answered. */
    record Away<T>(String why) implements Answer<T> {}

    /** The same for people; empty when the answer was given. */
    default String why() {
        if (this instanceof Missing<T> missing) {
            return missing.why();
        } else if (this instanceof Rejected<T> rejected) {
            return rejected.why();
        } else if (this instanceof Refused<T> refused) {
            return refused.why();
        }
        return this instanceof Away<T> away ? away.why() : "";
    }
}
