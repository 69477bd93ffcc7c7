package io.faultprint.diagnose.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.faultprint.diagnose.engine.Claim;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.snapshot.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of an answer: its schema for the endpoint, and its reading, which trusts no endpoint to keep to it. */
final class AnswerForm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_CLAIMS = 20;
    private static final int MOST_CITED = 50;

    private AnswerForm() {}

    /** Strict schemas know no optional field: all are required, and some may be null. */
    static ResponseFormat format() {
        JsonObjectSchema claim = JsonObjectSchema.builder()
                .addEnumProperty("category", names(CauseCategory.values()))
                .addStringProperty("service")
                .addStringProperty("signal")
                .addProperty(
                        "direction",
                        nullable(JsonEnumSchema.builder()
                                .enumValues(names(Direction.values()))
                                .build()))
                .addProperty("since", nullable(JsonIntegerSchema.builder().build()))
                .addProperty("change", nullable(JsonStringSchema.builder().build()))
                .addProperty(
                        "evidence",
                        JsonArraySchema.builder()
                                .items(JsonStringSchema.builder().build())
                                .build())
                .required("category", "service", "signal", "direction", "since", "change", "evidence")
                .additionalProperties(false)
                .build();
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("hypotheses")
                        .rootElement(JsonObjectSchema.builder()
                                .addProperty(
                                        "hypotheses",
                                        JsonArraySchema.builder().items(claim).build())
                                .required("hypotheses")
                                .additionalProperties(false)
                                .build())
                        .build())
                .build();
    }

    /**
     * The claims of an answer.
     *
     * @throws IllegalArgumentException when it is not of the form; the message says where, and never quotes the answer
     */
    static List<Claim> read(String text) {
        JsonNode list;
        try {
            JsonNode root = JSON.readTree(text);
            list = root == null ? JSON.missingNode() : root.path("hypotheses");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("it has no list of hypotheses");
        }
        List<Claim> claims = new ArrayList<>();
        for (JsonNode node : list) {
            if (claims.size() < MOST_CLAIMS) {
                claims.add(claim(node, "hypotheses[" + claims.size() + "]"));
            }
        }
        return claims;
    }

    private static Claim claim(JsonNode node, String where) {
        String direction = optionalText(node, "direction", where);
        return new Claim(
                constant(CauseCategory.values(), text(node, "category", where), where + ".category"),
                text(node, "service", where),
                text(node, "signal", where),
                direction == null ? null : constant(Direction.values(), direction, where + ".direction"),
                optionalLong(node, "since", where),
                optionalText(node, "change", where),
                cited(node.path("evidence"), where));
    }

    private static List<String> cited(JsonNode list, String where) {
        if (!list.isArray()) {
            throw new IllegalArgumentException(where + ".evidence is not a list");
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode id : list) {
            if (!id.isTextual()) {
                throw new IllegalArgumentException(where + ".evidence holds something that is not an id");
            }
            if (ids.size() < MOST_CITED) {
                ids.add(id.asText());
            }
        }
        return ids;
    }

    private static String text(JsonNode node, String field, String where) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(where + "." + field + " is not a text");
        }
        return value.asText();
    }

    private static @Nullable String optionalText(JsonNode node, String field, String where) {
        JsonNode value = node.path(field);
        return value.isNull() || value.isMissingNode() || value.asText().isEmpty() ? null : text(node, field, where);
    }

    private static @Nullable Long optionalLong(JsonNode node, String field, String where) {
        JsonNode value = node.path(field);
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(where + "." + field + " is not a whole number");
        }
        return value.asLong();
    }

    private static <E extends Enum<E>> E constant(E[] values, String name, String where) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(where + " is none of the values"));
    }

    private static <E extends Enum<E>> List<String> names(E[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static JsonSchemaElement nullable(JsonSchemaElement element) {
        return JsonAnyOfSchema.builder().anyOf(element, new JsonNullSchema()).build();
    }
}
