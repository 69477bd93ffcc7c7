package io.faultprint.ingest.foreign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a JSON object by their dotted paths: {@code {"host":{"name":"a"}}} and {@code {"host.name":"a"}} are the same,
 * as Elastic has it. Lists stay what they are, as JSON text; nulls are left out.
 */
final class JsonFields {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Far more than any shipper writes; each costs memory before the bound of 64 attributes is reached. */
    private static final int MOST = 2_000;

    /** It is no such JSON; the message says why, in one line. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final JsonParser in;

    private JsonFields(JsonParser in) {
        this.in = in;
    }

    /** The fields of the one object that these bytes are; values as text, in the order of the record. */
    static Map<String, String> of(byte[] bytes) throws Wrong {
        try (JsonParser in = FACTORY.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new Wrong(
                        in.currentToken() == null
                                ? "an empty record: no JSON is in it"
                                : "not a JSON object but "
                                        + (in.currentToken() == JsonToken.START_ARRAY ? "a list" : "a bare value"));
            }
            JsonFields reader = new JsonFields(in);
            reader.object("");
            if (in.nextToken() != null) {
                throw new Wrong("more follows the end of the JSON object; one record is one event");
            }
            return reader.fields;
        } catch (IOException broken) {
            throw new Wrong("not JSON: " + reason(broken));
        }
    }

    private void object(String prefix) throws IOException, Wrong {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String path = prefix.isEmpty() ? in.currentName() : prefix + "." + in.currentName();
            switch (in.nextToken()) {
                case START_OBJECT -> object(path);
                case START_ARRAY -> put(path, list());
                case VALUE_NULL -> {
                    // Says nothing.
                }
                default -> put(path, in.getText());
            }
        }
    }

    private void put(String path, String value) throws Wrong {
        if (fields.size() >= MOST) {
            throw new Wrong("more than " + MOST + " fields in one record");
        }
        fields.put(path, value);
    }

    private String list() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.copyCurrentStructure(in);
        }
        return text.toString();
    }

    static String reason(IOException broken) {
        if (broken instanceof JsonProcessingException problem && problem.getLocation() != null) {
            return problem.getOriginalMessage().lines().findFirst().orElse("") + " at byte "
                    + problem.getLocation().getByteOffset();
        }
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
    }
}
