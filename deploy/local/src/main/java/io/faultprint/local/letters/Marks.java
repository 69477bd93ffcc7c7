package io.faultprint.local.letters;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last mark of each letter. */
public final class Marks {

    private final Map<String, Mark> last = new HashMap<>();

    void add(Mark mark) {
        last.put(mark.letter(), mark);
    }

    @Nullable
    Mark of(LetterId id) {
        return last.get(id.toString());
    }

    /** How often it was sent, as far as that is known. */
    long sent(LetterId id) {
        Mark mark = of(id);
        return mark == null ? 0 : mark.state() == Mark.State.RETURNED ? mark.count() - 1 : mark.count();
    }

    /** In a few words for a table: {@code sent}, {@code sent ×2}, {@code unsure}; for a return also {@code ×2}. */
    public String words(StoredLetter letter) {
        StoredLetter.Redriven redriven = letter.redriven();
        String back = redriven == null ? "" : "×" + (redriven.count() + 1);
        Mark mark = of(letter.id());
        if (mark != null && mark.state() == Mark.State.BEGUN) {
            return (back + " unsure").strip();
        }
        long times = sent(letter.id());
        String sent = times == 0 ? "" : times == 1 ? "sent" : "sent ×" + times;
        String both = (back + " " + sent).strip();
        return both.isEmpty() ? "-" : both;
    }
}
