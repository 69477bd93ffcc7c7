package io.faultprint.runtime;

/**
 * The health of a stage.
 *
 * @param live false when only a restart can help
 * @param ready true when the stage does its work now
 * @param detail why it is not ready, or what it is doing; one line for people
 */
public record Health(boolean live, boolean ready, String detail) {

    public static Health ready(String detail) {
        return new Health(true, true, detail);
    }

    public static Health notReady(String detail) {
        return new Health(true, false, detail);
    }

    public static Health dead(String detail) {
        return new Health(false, false, detail);
    }
}
