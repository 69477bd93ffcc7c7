package io.faultprint.diagnose.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultprint.diagnose.store.Document.Rule;
import io.faultprint.id.Ids;
import io.faultprint.letter.Letter;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import io.faultprint.topic.Run;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where events went: ticks with their loss equations, and dead letters without what they hold. Both are filed by when the
 * broker took them, which is the same at every reading, and which no sender can set.
 */
public final class LedgerDocuments {

    private final Indices indices;

    public LedgerDocuments(Run run) {
        this.indices = new Indices(run);
    }

    /**
     * One document for each kind of event that a tick counts, one without a kind when it counts nothing.
     *
     * @param offset of the tick in the partition that all of them are read from
     * @param appended when the broker took it, epoch milliseconds
     */
    public List<Document> tick(Tick tick, long offset, long appended) {
        String id = tick.getSource() + "-" + tick.getUpTo() + "-" + offset;
        if (tick.getCounts().isEmpty()) {
            return List.of(once(Indices.TICKS, id, appended, tick(tick, appended)));
        }
        return tick.getCounts().stream()
                .map(count -> once(
                        Indices.TICKS,
                        id + "-" + Ids.hash(count.getKind()),
                        appended,
                        count(tick(tick, appended), count)))
                .toList();
    }

    private static ObjectNode tick(Tick tick, long appended) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("source", tick.getSource())
                .put("sources", tick.getSources())
                .put("upTo", tick.getUpTo())
                .put("appended", appended)
                .put("delaySeconds", (appended - tick.getUpTo()) / 1000.0)
                .put("covered", tick.getCovered())
                .put("ended", tick.getEnded())
                .put("learning", tick.getLearning())
                .put("services", tick.getServices());
    }

    private static ObjectNode count(ObjectNode tick, LossCount count) {
        long told = count.getKept()
                + count.getLate()
                + count.getDuplicated()
                + count.getDeadLettered()
                + count.getDropped();
        return tick.put("kind", count.getKind())
                .put("in", count.getIn())
                .put("kept", count.getKept())
                .put("late", count.getLate())
                .put("duplicated", count.getDuplicated())
                .put("deadLettered", count.getDeadLettered())
                .put("dropped", count.getDropped())
                .put("unaccounted", count.getIn() - told);
    }

    /**
     * The document of a record in dead-letters; none for a mark that one was sent again.
     *
     * @param redacted what the reason, which may quote the sender, is passed through
     */
    public List<Document> letter(
            int partition, long offset, long appended, Headers headers, int bytes, UnaryOperator<String> redacted) {
        if (headers.lastHeader(Letter.MARK) != null) {
            return List.of();
        }
        String id = partition + "-" + offset;
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("letter", id)
                .put("appended", appended)
                .put("stage", text(headers, Letter.STAGE, "unknown"))
                .put("cause", text(headers, Letter.CAUSE, "unknown"))
                .put("message", redacted.apply(text(headers, Letter.MESSAGE, "")))
                .put("bytes", bytes);
        words(json, "topic", headers, Letter.TOPIC);
        number(json, "partition", headers, Letter.PARTITION, Integer.MAX_VALUE);
        number(json, "offset", headers, Letter.OFFSET, Long.MAX_VALUE);
        number(json, "time", headers, Letter.TIME, 253_402_300_799_999L);
        words(json, "door", headers, Letter.DOOR);
        words(json, "place", headers, Letter.PLACE);
        number(json, "redriven", headers, Letter.REDRIVEN_COUNT, Integer.MAX_VALUE);
        return List.of(once(Indices.DEAD_LETTERS, id, appended, json));
    }

    private Document once(String name, String id, long appended, ObjectNode json) {
        return Documents.document(indices.dated(name, appended), id, Rule.ONCE, 0, json);
    }

    private static void words(ObjectNode json, String field, Headers headers, String name) {
        String value = text(headers, name, "");
        if (!value.isEmpty()) {
            json.put(field, value);
        }
    }

    /** Anybody can write into the topic: what is no number, or none that the field can hold, is left out. */
    private static void number(ObjectNode json, String field, Headers headers, String name, long most) {
        try {
            long value = Long.parseLong(text(headers, name, ""));
            if (value >= -1 && value <= most) {
                json.put(field, value);
            }
        } catch (NumberFormatException e) {
            json.remove(field);
        }
    }

    private static String text(Headers headers, String name, String otherwise) {
        @Nullable Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? otherwise : Letter.cut(new String(header.value(), UTF_8));
    }
}
