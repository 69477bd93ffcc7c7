package io.faultprint.local.letters;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; what is null does not matter.
 *
 * @param from short or full name of the topic that it came from, or a door's place or a part of it
 * @param since epoch milliseconds; 0 for all
 */
public record LetterFilter(
        @Nullable String cause,
        @Nullable String stage,
        @Nullable String from,
        long since) implements Predicate<StoredLetter> {

    /** Every letter. */
    public static final LetterFilter ALL = new LetterFilter(null, null, null, 0);

    @Override
    public boolean test(StoredLetter letter) {
        return (cause == null || letter.cause().equalsIgnoreCase(cause))
                && (stage == null || letter.stage().equalsIgnoreCase(stage))
                && letter.time() >= since
                && (from == null || isFrom(letter.origin(), from));
    }

    private static boolean isFrom(Origin origin, String from) {
        if (origin instanceof Origin.Place place) {
            return place.topic().equals(from) || place.topic().endsWith("." + from);
        }
        if (origin instanceof Origin.Unwritten unwritten) {
            return unwritten.topic().equals(from);
        }
        return origin instanceof Origin.Door door && door.place().contains(from);
    }
}
