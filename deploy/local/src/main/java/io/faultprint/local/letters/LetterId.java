package io.faultprint.local.letters;

import io.faultprint.runtime.UsageError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which letter: its partition and offset in its topic, written {@code 2-1417}. */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})-(\\d{1,18})");

    /**
     * The id in a text.
     *
     * @throws UsageError when the text is none
     */
    public static LetterId of(String text) {
        Matcher id = FORM.matcher(text);
        if (!id.matches()) {
            throw new UsageError(text + ": is no letter; an id is like 2-1417 (faultprint dead-letters lists them)");
        }
        return new LetterId(Integer.parseInt(id.group(1)), Long.parseLong(id.group(2)));
    }

    @Override
    public int compareTo(LetterId other) {
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
