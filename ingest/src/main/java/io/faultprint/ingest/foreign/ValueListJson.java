package io.faultprint.ingest.foreign;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value lists in a record of collectd, as they stand there. */
final class ValueListJson {

    private static final int MOST = 10_000;

    /** What has one entry for each value. */
    private static final Set<String> PER_VALUE = Set.of("values", "dstypes", "dsnames");

    /**
     * One value list.
     *
     * @param texts its fields that are plain values
     * @param lists its fields that are lists of plain values; null where a null stands
     */
    record Item(Map<String, String> texts, Map<String, List<@Nullable String>> lists, int start, int end) {

        /** A record with this value list alone. */
        byte[] alone(byte[] record) {
            return ("[" + new String(Arrays.copyOfRange(record, start, end), StandardCharsets.UTF_8) + "]")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private final JsonParser in;
    private int values;

    private ValueListJson(JsonParser in) {
        this.in = in;
    }

    static List<Item> of(byte[] bytes) throws JsonFields.Wrong {
        try (JsonParser in = JsonFields.FACTORY.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new JsonFields.Wrong("no list of collectd's value lists; write_kafka needs Format \"JSON\"");
            }
            List<Item> items = new ArrayList<>();
            ValueListJson reader = new ValueListJson(in);
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.currentToken() != JsonToken.START_OBJECT) {
                    throw new JsonFields.Wrong(
                            "no list of collectd's value lists: an object belongs at byte " + at(in));
                }
                items.add(reader.item());
            }
            if (in.nextToken() != null) {
                throw new JsonFields.Wrong("more follows the end of collectd's list");
            }
            return items;
        } catch (IOException broken) {
            throw new JsonFields.Wrong("not JSON: " + JsonFields.reason(broken));
        }
    }

    /** A record for each value of a value list, with all that the list says beside it. */
    static List<byte[]> each(Item item, byte[] record) throws JsonFields.Wrong {
        byte[] alone = item.alone(record);
        int count = item.lists().getOrDefault("values", List.of()).size();
        if (count == 1) {
            return List.of(alone);
        }
        List<byte[]> each = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            each.add(only(i, alone));
        }
        return each;
    }

    private static byte[] only(int value, byte[] list) throws JsonFields.Wrong {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonParser in = JsonFields.FACTORY.createParser(list);
                JsonGenerator out = JsonFields.FACTORY.createGenerator(bytes)) {
            int depth = 0;
            boolean perValue = false;
            int at = 0;
            while (in.nextToken() != null) {
                JsonToken token = in.currentToken();
                depth -= token.isStructEnd() ? 1 : 0;
                if (perValue && depth == 3) {
                    // In the list, its object, and one of its three arrays: one of these stands there for each value.
                    if (at++ == value) {
                        copy(in, out);
                    }
                    continue;
                }
                copy(in, out);
                if (token == JsonToken.FIELD_NAME && depth == 2) {
                    perValue = PER_VALUE.contains(in.currentName());
                    at = 0;
                }
                depth += token.isStructStart() ? 1 : 0;
            }
        } catch (IOException broken) {
            throw new JsonFields.Wrong("not JSON: " + JsonFields.reason(broken));
        }
        return bytes.toByteArray();
    }

    /** Numbers as they are written: a double could not hold each. */
    private static void copy(JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken().isNumeric()) {
            out.writeNumber(in.getText());
        } else {
            out.copyCurrentEvent(in);
        }
    }

    private static long at(JsonParser in) {
        return in.currentTokenLocation().getByteOffset();
    }

    private Item item() throws IOException, JsonFields.Wrong {
        int start = (int) at(in);
        Map<String, String> texts = new HashMap<>();
        Map<String, List<@Nullable String>> lists = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            switch (in.nextToken()) {
                case START_ARRAY -> lists.put(name, list());
                case START_OBJECT -> in.skipChildren();
                case VALUE_NULL -> {
                    // Says nothing.
                }
                default -> texts.put(name, in.getText());
            }
            bound(1);
        }
        return new Item(texts, lists, start, (int) in.currentLocation().getByteOffset());
    }

    private List<@Nullable String> list() throws IOException, JsonFields.Wrong {
        List<@Nullable String> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            bound(1);
            if (in.currentToken().isStructStart()) {
                in.skipChildren();
                items.add("");
            } else {
                items.add(in.currentToken() == JsonToken.VALUE_NULL ? null : in.getText());
            }
        }
        return items;
    }

    private void bound(int more) throws JsonFields.Wrong {
        values += more;
        if (values > MOST) {
            throw new JsonFields.Wrong("more than " + MOST + " values in one record of collectd");
        }
    }
}
