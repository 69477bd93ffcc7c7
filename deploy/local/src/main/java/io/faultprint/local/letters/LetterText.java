package io.faultprint.local.letters;

import io.faultprint.local.show.Style;
import io.faultprint.local.show.Times;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One letter in full: why, whence, what it holds, and what can be done. */
public final class LetterText {

    private final Style style;
    private final Times times;
    private final Contents contents;

    public LetterText(Style style, Times times, Contents contents) {
        this.style = style;
        this.times = times;
        this.contents = contents;
    }

    /** The lines. */
    public List<String> lines(
            StoredLetter letter, ConsumerRecord<byte[], byte[]> record, Marks marks, List<String> advice) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(letter.id() + "  " + LetterTable.cell(letter.cause(), 60)) + "  "
                + style.dim(times.day(letter.time())));
        lines.addAll(style.paragraph("why", safe(letter.message())));
        lines.addAll(style.paragraph("refused by", safe(letter.stage())));
        lines.addAll(style.paragraph("from", from(letter)));
        String key = letter.key();
        lines.addAll(style.paragraph("key", key == null ? "none" : key.isEmpty() ? "empty" : safe(key)));
        String again = marks.words(letter);
        if (!again.equals("-")) {
            StoredLetter.Redriven redriven = letter.redriven();
            lines.addAll(style.paragraph(
                    "again", again + (redriven == null ? "" : ", the return of " + safe(redriven.from()))));
        }
        Contents.Shown shown = contents.of(letter.origin(), record.value());
        String size = letter.size() < 0 ? "" : "%,d bytes: ".formatted(letter.size());
        String cut = letter.cut() > 0 ? " (%,d more were cut)".formatted(letter.cut()) : "";
        lines.addAll(style.paragraph("holds", safe(size + shown.what() + cut)));
        advice.forEach(line -> lines.addAll(style.paragraph("to do", line)));
        lines.add(style.dim("  headers"));
        letter.headers().texts().forEach((name, value) -> lines.add("    " + safe(name) + ": " + safe(value)));
        if (!shown.lines().isEmpty()) {
            lines.add(style.dim("  contents"));
            shown.lines().forEach(line -> lines.add("    " + line.replaceAll("\\p{Cntrl}", "·")));
        }
        return lines;
    }

    private String from(StoredLetter letter) {
        return switch (kind(letter.origin())) {
            case "door" -> {
                Origin.Door door = (Origin.Door) letter.origin();
                yield safe(door.place() + " at door " + door.door() + ", " + door.contentType());
            }
            case "unknown" -> safe(((Origin.Unknown) letter.origin()).why());
            default -> safe(letter.origin().toString());
        };
    }

    private static String kind(Origin origin) {
        return origin instanceof Origin.Door ? "door" : origin instanceof Origin.Unknown ? "unknown" : "topic";
    }

    private static String safe(String text) {
        return LetterTable.cell(text, 2_000);
    }
}
