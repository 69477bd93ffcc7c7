package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object per record, laid out as its shipper does; what has no place of its own becomes an attribute. */
final class JsonLogReader implements Reader {

    private final JsonLayout layout;
    private final TopicSettings topic;
    private final List<String> service;

    JsonLogReader(JsonLayout layout, TopicSettings topic) {
        this.layout = layout;
        this.topic = topic;
        this.service = new ArrayList<>(topic.serviceFrom());
        this.service.addAll(layout.service());
    }

    @Override
    public Decoded read(ForeignRecord record) {
        try {
            Map<String, String> fields = JsonFields.of(record.value());
            return read(fields, record);
        } catch (JsonFields.Wrong wrong) {
            return new Decoded.Undecodable(wrong.getMessage() + "");
        }
    }

    private Decoded read(Map<String, String> fields, ForeignRecord record) throws JsonFields.Wrong {
        String body = take(fields, layout.body());
        if (body == null) {
            throw new JsonFields.Wrong("no message: none of " + String.join(", ", layout.body()) + " is there");
        }
        LogDraft draft = new LogDraft(withoutLineEnd(body), record.time());
        time(fields, draft);
        String level = take(fields, layout.level());
        if (level != null) {
            draft.level(level, Level.ofNumber(level));
        }
        id(fields, layout.traceId(), draft::traceId);
        id(fields, layout.spanId(), draft::spanId);
        layout.exceptions().forEach((attribute, path) -> {
            String text = fields.remove(path);
            if (text != null) {
                draft.attribute(attribute, text);
            }
        });
        String instance = take(fields, layout.instance());
        String version = take(fields, layout.version());
        String environment = take(fields, layout.environment());
        String named = service(fields, record);
        fields.forEach((path, value) -> {
            if (layout.leftOut().stream().noneMatch(path::startsWith)) {
                draft.attribute(path, value);
            }
        });
        return draft.of(Names.resource(
                named == null ? topic.service() : named,
                environment == null ? topic.environment() : environment,
                instance,
                version));
    }

    /** Docker's lines end in a line end. */
    private static String withoutLineEnd(String body) {
        return body.endsWith("\n") ? body.substring(0, body.length() - (body.endsWith("\r\n") ? 2 : 1)) : body;
    }

    /** A time that is none stays an attribute, so that somebody sees it; the event then has the record's. */
    private void time(Map<String, String> fields, LogDraft draft) {
        for (String path : layout.time()) {
            String text = fields.get(path);
            long nanos = text == null ? Times.NONE : Times.nanos(text);
            if (nanos != Times.NONE) {
                draft.time(nanos);
                fields.remove(path);
                return;
            }
        }
    }

    private interface Id {
        boolean set(String hex);
    }

    private static void id(Map<String, String> fields, List<String> paths, Id id) {
        for (String path : paths) {
            String text = fields.get(path);
            if (text != null && id.set(text)) {
                fields.remove(path);
                return;
            }
        }
    }

    private @Nullable String service(Map<String, String> fields, ForeignRecord record) {
        for (String path : service) {
            String text = path.equals(TopicSettings.KEY) ? record.key() : fields.get(path);
            if (text != null && !text.isBlank()) {
                fields.remove(path);
                // Docker's names of containers begin with a slash.
                return text.startsWith("/") ? text.substring(1) : text;
            }
        }
        return null;
    }

    private static @Nullable String take(Map<String, String> fields, List<String> paths) {
        for (String path : paths) {
            String text = fields.get(path);
            if (text != null && !text.isBlank()) {
                fields.remove(path);
                return text;
            }
        }
        return null;
    }
}
