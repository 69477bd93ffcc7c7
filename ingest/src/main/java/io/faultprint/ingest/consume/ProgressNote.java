package io.faultprint.ingest.consume;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a committed offset says beside itself, in its metadata: {@code faultprint-1 COVERED REACHED}. It commits with the
 * events, and whoever reads the partition next, or speaks for the topic, goes on from it.
 *
 * @param coveredFrom as {@link Progress}; {@link Progress#UNKNOWN} until something was read
 * @param reached as {@link Progress}
 */
record ProgressNote(long coveredFrom, long reached) {

    /** Nothing is known. */
    static final ProgressNote NONE = new ProgressNote(Progress.UNKNOWN, Progress.UNKNOWN);

    private static final Pattern FORM = Pattern.compile("faultprint-1 (-?\\d{1,19}) (-?\\d{1,19})");

    /** Also of an offset that somebody else committed, of whose progress nothing is known. */
    static ProgressNote of(@Nullable String metadata) {
        Matcher form = FORM.matcher(metadata == null ? "" : metadata);
        if (!form.matches()) {
            return NONE;
        }
        try {
            return new ProgressNote(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
        } catch (NumberFormatException tooLong) {
            return NONE;
        }
    }

    boolean known() {
        return coveredFrom != Progress.UNKNOWN && reached != Progress.UNKNOWN;
    }

    String text() {
        return "faultprint-1 " + coveredFrom + " " + reached;
    }
}
