package io.faultprint.local.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.local.show.Style;
import io.faultprint.local.show.Table;
import io.faultprint.local.show.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Letters as a table, as a summary, and as JSON lines. */
public final class LetterTable {

    private static final int KEY = 24;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Times times;
    private final Style style;
    private final String prefix;

    /**
     * A table for letters of one run.
     *
     * @param prefix what the topics of the run begin with, which a table leaves out
     */
    public LetterTable(Times times, Style style, String prefix) {
        this.times = times;
        this.style = style;
        this.prefix = prefix;
    }

    /** The last of the letters, newest last. */
    public List<String> lines(List<StoredLetter> letters, int limit, Marks marks) {
        Table table = new Table("ID", "TIME", "STAGE", "CAUSE", "FROM", "KEY", "SIZE", "AGAIN", "MESSAGE");
        for (StoredLetter letter : letters.subList(Math.max(0, letters.size() - limit), letters.size())) {
            String key = letter.key();
            table.row(
                    letter.id().toString(),
                    times.day(letter.time()),
                    cell(letter.stage(), 12),
                    cell(letter.cause(), 24),
                    cell(from(letter.origin()), 40),
                    key == null || key.isEmpty() ? "-" : cell(key, KEY),
                    size(letter.size()),
                    marks.words(letter),
                    cell(letter.message(), 1_000));
        }
        return table.lines(style);
    }

    /** How many there are of each stage and cause. */
    public List<String> summary(List<StoredLetter> letters, int limit, String topic) {
        Map<String, Integer> counts = new TreeMap<>();
        letters.forEach(letter -> counts.merge(letter.stage() + " " + letter.cause(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((what, count) -> parts.add("%s %,d".formatted(cell(what, 60), count)));
        String shown = letters.size() > limit ? ", the last %,d shown (--limit)".formatted(limit) : "";
        return Style.wrap(
                "%,d in %s%s: %s".formatted(letters.size(), topic, shown, String.join(", ", parts)), style.width() - 1);
    }

    /** One object, without the bytes. */
    public static String json(StoredLetter letter, Marks marks) {
        return text(object(letter, marks));
    }

    /** One object, with the original bytes in base64. */
    public static String json(StoredLetter letter, Marks marks, byte @Nullable [] value) {
        return text(object(letter, marks).put("value", value));
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    private static ObjectNode object(StoredLetter letter, Marks marks) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", letter.id().toString());
        json.put("time", letter.time());
        json.put("stage", letter.stage());
        json.put("cause", letter.cause());
        json.put("message", letter.message());
        json.put("from", letter.origin().toString());
        json.put("key", letter.key());
        json.put("size", letter.size());
        json.put("cutBytes", letter.cut());
        StoredLetter.Redriven redriven = letter.redriven();
        json.put("redrivenFrom", redriven == null ? null : redriven.from());
        json.put("redrivenCount", redriven == null ? 0 : redriven.count());
        json.put("sent", marks.sent(letter.id()));
        ObjectNode headers = json.putObject("headers");
        letter.headers().texts().forEach(headers::put);
        return json;
    }

    private String from(Origin origin) {
        String text = origin.toString();
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String size(int bytes) {
        return bytes < 0 ? "none" : bytes < 10_000 ? bytes + " B" : (bytes >> 10) + " KiB";
    }

    /** What others wrote must not move the cursor. */
    static String cell(String text, int columns) {
        return Style.cut(text.replaceAll("\\p{Cntrl}", "·"), columns);
    }
}
