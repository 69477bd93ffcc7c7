package io.faultprint.local.setup;

/**
 * One thing that Faultprint needs, and how it stands.
 *
 * @param kind topic, changelog, subject, template, alias or days
 * @param name its full name
 * @param detail what it must be like
 * @param state how it stands
 */
public record Item(String kind, String name, String detail, State state) {

    /** How it stands. */
    public enum State {
        THERE,
        MISSING,
        /** There, and made by an earlier version: it is brought up to this one in place. */
        OUTDATED,
        /** There, in a shape that cannot be mended in place. */
        CONFLICT;

        /** As a word of the table. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
