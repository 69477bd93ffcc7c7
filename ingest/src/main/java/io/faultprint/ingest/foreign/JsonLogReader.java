package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;
import java.util.ArrayList;
import java.util.List;
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
        return read(record, Trace.NONE);
    }

    @Override
    public Decoded read(ForeignRecord record, Trace trace) {
        try {
            return read(new Taking(JsonFields.of(record.value()), trace), record);
        } catch (JsonFields.Wrong wrong) {
            return new Decoded.Undecodable(wrong.getMessage() + "");
        }
    }

    private Decoded read(Taking fields, ForeignRecord record) throws JsonFields.Wrong {
        String body = fields.first(layout.body(), "body");
        if (body == null) {
            throw new JsonFields.Wrong("no message: none of " + String.join(", ", layout.body()) + " is there");
        }
        LogDraft draft = new LogDraft(withoutLineEnd(body), record.time());
        // A time or id that is none stays an attribute, so that somebody sees it.
        fields.fitting(layout.time(), "time", text -> {
            long nanos = Times.nanos(text);
            draft.time(nanos);
            return nanos != Times.NONE;
        });
        String level = fields.first(layout.level(), "level");
        if (level != null) {
            draft.level(level, Level.ofNumber(level));
        }
        fields.fitting(layout.traceId(), "trace id", draft::traceId);
        fields.fitting(layout.spanId(), "span id", draft::spanId);
        layout.exceptions()
                .forEach((attribute, path) -> fields.fitting(List.of(path), "attribute " + attribute, text -> {
                    draft.attribute(attribute, text);
                    return true;
                }));
        String instance = fields.first(layout.instance(), "instance");
        String version = fields.first(layout.version(), "version");
        String environment = fields.first(layout.environment(), "environment");
        String named = service(fields, record);
        fields.rest(layout.leftOut(), draft::attribute);
        return draft.of(Names.resource(
                named == null ? topic.service() : named,
                environment == null ? topic.environment() : environment,
                instance,
                version));
    }

    private @Nullable String service(Taking fields, ForeignRecord record) {
        for (String path : service) {
            boolean key = path.equals(TopicSettings.KEY);
            String text = key ? record.key() : fields.first(List.of(path), "service");
            if (text != null && !text.isBlank()) {
                // Docker's names of containers begin with a slash.
                return text.startsWith("/") ? text.substring(1) : text;
            }
        }
        return null;
    }

    /** Docker's lines end in a line end. */
    private static String withoutLineEnd(String body) {
        return body.endsWith("\n") ? body.substring(0, body.length() - (body.endsWith("\r\n") ? 2 : 1)) : body;
    }
}
