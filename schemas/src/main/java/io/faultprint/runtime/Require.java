package io.faultprint.runtime;

/**
 * What a configuration record demands of its components, for compact constructors:
 * {@code Require.that(port <= 65535, "port", "a port is at most 65535")}. {@link ConfigLoader} turns the failure into a
 * {@link UsageError} that names the key, where it was set, its value and its default.
 */
public final class Require {

    private Require() {}

    /**
     * One demand.
     *
     * @param component the record component at fault, by its Java name
     * @param mend what would be right, as a sentence without a full stop
     * @throws IllegalArgumentException when {@code holds} is false
     */
    public static void that(boolean holds, String component, String mend) {
        if (!holds) {
            throw new IllegalArgumentException(component + ": " + mend);
        }
    }

    /** A TCP port to listen on; 0 asks for a free one. */
    public static void port(int port, String component) {
        that(port >= 0 && port <= 65535, component, "a port is between 0 (a free one) and 65535");
    }

    /** A name, an address or another text that may not be empty. */
    public static void text(String text, String component) {
        that(!text.isBlank(), component, "must not be empty");
    }
}
