package io.faultprint.correlate.signature;

import java.util.List;
import java.util.Optional;

/**
 * How one line came to its signature.
 *
 * @param header the parts of the header that were set apart, in order
 * @param variables what was masked, in order
 * @param masked the masked line
 * @param path in a few words, how the tree found the signature: known, founding, like, crowd, new, exception, flood, ignored
 * @param signature the signature; the flood when there was no room, empty when a rule leaves the line out
 * @param nearest the template that came nearest without taking the line; empty when the line met one, or there is none
 */
public record Explanation(
        List<HeaderPart> header,
        List<Variable> variables,
        MaskedLine masked,
        Path path,
        Optional<Signature> signature,
        Optional<Nearest> nearest) {

    /** One part of a header. */
    public record HeaderPart(String kind, String text) {}

    /**
     * One variable.
     *
     * @param why what made it one: its shape, its place, its neighbours, or a rule
     */
    public record Variable(String text, String placeholder, String why) {}

    /**
     * A template that did not take the line.
     *
     * @param template its id and template
     * @param differences {@code theirs / ours}, element by element, where they differ
     */
    public record Nearest(Signature template, List<String> differences) {}

    /** How a masked line found its signature. */
    public enum Path {
        /** This wording was known by its hash. */
        KNOWN("this wording is known"),
        /** It is the founding wording of a signature, or of one that was merged. */
        FOUNDING("it is the wording that founded the signature"),
        /** Its words are those of a template; what differs are names that look variable. */
        LIKE("every plain word is that of the template"),
        /** It is one of many that differ in one word. */
        CROWD("enough wordings differ in this one word"),
        /** Nothing is like it. */
        NEW("no template takes it: it founds a signature"),
        /** Exceptions meet only their equals. */
        EXCEPTION("an exception meets only the same type, message and frames"),
        /** There was no room for one more. */
        FLOOD("there are as many signatures as there may be"),
        /** A rule leaves it out. */
        IGNORED("a rule leaves the line out");

        private final String words;

        Path(String words) {
            this.words = words;
        }

        /** The same in words. */
        public String words() {
            return words;
        }
    }
}
