package io.faultprint.ingest.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.faultprint.ingest.change.ChangeReader;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.DeclaredChange;
import io.faultprint.ingest.otlp.Decoded;
import io.faultprint.ingest.otlp.OtlpJson;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.otlp.Signal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line: {@code {"resourceLogs"|"resourceMetrics"|"resourceSpans"|"changes": …}}. */
final class LineParser {

    private static final String CHANGES = "changes";

    /** Four times what the HTTP door takes by default: a recorded line can be a batch of many requests. */
    private static final int MOST_PARTS = 2_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What stands in a line, and its earliest time; null when it names none. */
    record Parsed(Line.Content content, @Nullable Long time) {}

    Parsed parse(byte[] line) {
        String field;
        try {
            field = firstKnownField(line);
        } catch (IOException e) {
            return bad(Cause.UNDECODABLE, "not JSON: " + firstLine(e), line);
        }
        if (field == null) {
            return bad(
                    Cause.UNDECODABLE,
                    "none of resourceLogs, resourceMetrics, resourceSpans and changes is in this line",
                    line);
        }
        if (field.equals(CHANGES)) {
            return changes(line);
        }
        for (Signal signal : Signal.values()) {
            if (field.equals(signal.jsonField())) {
                return request(signal, line);
            }
        }
        throw new IllegalStateException(field);
    }

    private static Parsed request(Signal signal, byte[] line) {
        Decoded decoded = OtlpJson.read(signal, line, Parts.upTo(MOST_PARTS));
        if (decoded instanceof Decoded.Undecodable undecodable) {
            return bad(Cause.UNDECODABLE, undecodable.why(), line);
        }
        if (decoded instanceof Decoded.TooMany tooMany) {
            return bad(Cause.UNDECODABLE, tooMany.why(), line);
        }
        Decoded.Request request = (Decoded.Request) decoded;
        return new Parsed(new Line.Request(request.message(), request.spoiled()), EarliestTime.of(request.message()));
    }

    private static Parsed changes(byte[] line) {
        ChangeReader.Result result = ChangeReader.readField(line, CHANGES);
        if (result instanceof ChangeReader.Refused refused) {
            return bad(Cause.BAD_CHANGE, refused.why(), line);
        }
        List<DeclaredChange> changes = ((ChangeReader.Changes) result).changes();
        Long time = null;
        for (DeclaredChange change : changes) {
            boolean earlier = change.timeMillis() > 0 && (time == null || change.timeMillis() < time);
            time = earlier ? (Long) change.timeMillis() : time;
        }
        return new Parsed(new Line.Changes(changes), time);
    }

    private static @Nullable String firstKnownField(byte[] line) throws IOException {
        try (JsonParser in = FACTORY.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                switch (name) {
                    case "resourceLogs", "resourceMetrics", "resourceSpans", CHANGES -> {
                        return name;
                    }
                    default -> {
                        in.nextToken();
                        in.skipChildren();
                    }
                }
            }
            return null;
        }
    }

    static Parsed bad(Cause cause, String why, byte[] line) {
        return new Parsed(new Line.Bad(cause, why, line), null);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
