package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro records as plain JSON documents and back: Avro's field names in Avro's order, times as they are (epoch
 * milliseconds), an absent value left out. Unlike Avro's own JSON form it does not wrap nullable values in their type,
 * and a number that JSON cannot write (NaN, infinite) becomes null, read back as NaN.
 */
final class AvroJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroJson() {}

    static ObjectNode write(SpecificRecord record) {
        return object(record);
    }

    /** @throws IllegalArgumentException when the document is not a record of that type */
    static <T extends SpecificRecord> T read(JsonNode document, Class<T> type) {
        Object value = value(document, SpecificData.get().getSchema(type));
        return type.cast(Objects.requireNonNull(value));
    }

    private static ObjectNode object(IndexedRecord record) {
        ObjectNode node = NODES.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                node.set(field.name(), node(value));
            }
        }
        return node;
    }

    private static JsonNode node(Object value) {
        if (value instanceof IndexedRecord record) {
            return object(record);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(item -> array.add(node(item)));
            return array;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? NODES.numberNode(number) : NODES.nullNode();
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        return NODES.textNode(value.toString());
    }

    private static @Nullable Object value(@Nullable JsonNode node, Schema schema) {
        switch (schema.getType()) {
            case UNION -> {
                return node == null || node.isNull()
                        ? null
                        : value(
                                node,
                                schema.getTypes().stream()
                                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                                        .findFirst()
                                        .orElseThrow());
            }
            case DOUBLE -> {
                return node == null || node.isNull() ? Double.NaN : node.asDouble();
            }
            default -> {
                if (node == null || node.isNull()) {
                    throw new IllegalArgumentException("a " + schema.getType().getName() + " is missing");
                }
                return present(node, schema);
            }
        }
    }

    private static Object present(JsonNode node, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(node, schema);
            case ARRAY -> array(node, schema.getElementType());
            case ENUM -> SpecificData.get().createEnum(node.asText(), schema);
            case STRING -> node.asText();
            case LONG -> node.asLong();
            case INT -> node.asInt();
            case BOOLEAN -> node.asBoolean();
            default -> throw new IllegalArgumentException("no JSON form for Avro type " + schema.getType());
        };
    }

    private static Object record(JsonNode node, Schema schema) {
        IndexedRecord record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode child = node.get(field.name());
            record.put(
                    field.pos(),
                    child == null && field.hasDefaultValue()
                            ? SpecificData.get()
                                    .deepCopy(field.schema(), SpecificData.get().getDefaultValue(field))
                            : value(child, field.schema()));
        }
        return record;
    }

    private static List<Object> array(JsonNode node, Schema element) {
        List<Object> items = new ArrayList<>(node.size());
        node.forEach(child -> items.add(Objects.requireNonNull(value(child, element))));
        return items;
    }
}
