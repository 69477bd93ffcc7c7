package io.faultprint.chaos.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The items of a {@code _bulk} body, so that some can be held back and answered for. */
final class BulkRequest {

    /** One action, with where its lines are in the body. */
    record Item(String action, String index, String id, int from, int to) {}

    /** What an item that is not carried out is answered; a {@code %s} in the reason is the index. */
    record Refusal(int status, String type, String reason) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] body;
    private final List<Item> items;

    private BulkRequest(byte[] body, List<Item> items) {
        this.body = body;
        this.items = List.copyOf(items);
    }

    static BulkRequest read(byte[] body) throws IOException {
        List<Item> items = new ArrayList<>();
        int from = 0;
        while (from < body.length) {
            int end = lineEnd(body, from);
            JsonNode line = JSON.readTree(new String(body, from, end - from, UTF_8));
            String action = line.fieldNames().next();
            int to = action.equals("delete") ? end : lineEnd(body, end);
            JsonNode target = line.path(action);
            items.add(new Item(
                    action, target.path("_index").asText(), target.path("_id").asText(), from, to));
            from = to;
        }
        return new BulkRequest(body, items);
    }

    List<Item> items() {
        return items;
    }

    private static int lineEnd(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return Math.min(body.length, end + 1);
    }

    /** The body without some of its items. */
    byte[] without(IntPredicate held) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < items.size(); i++) {
            if (!held.test(i)) {
                Item item = items.get(i);
                out.write(body, item.from(), item.to() - item.from());
            }
        }
        return out.toByteArray();
    }

    /**
     * The answer to the whole request.
     *
     * @param held which items were held back
     * @param refusal what these are answered
     * @param answer the node's answer to the others
     */
    byte[] answer(IntPredicate held, Refusal refusal, JsonNode answer) throws IOException {
        ObjectNode whole =
                JSON.createObjectNode().put("took", answer.path("took").asInt());
        ArrayNode all = JSON.createArrayNode();
        boolean errors = answer.path("errors").asBoolean();
        int next = 0;
        for (int i = 0; i < items.size(); i++) {
            if (held.test(i)) {
                errors = true;
                all.add(refused(items.get(i), refusal));
            } else {
                all.add(answer.path("items").path(next++));
            }
        }
        whole.put("errors", errors).set("items", all);
        return JSON.writeValueAsBytes(whole);
    }

    private static ObjectNode refused(Item item, Refusal refusal) {
        ObjectNode result = JSON.createObjectNode()
                .put("_index", item.index())
                .put("_id", item.id())
                .put("status", refusal.status());
        result.putObject("error")
                .put("type", refusal.type())
                .put("reason", refusal.reason().replace("%s", item.index()));
        return JSON.createObjectNode().set(item.action(), result);
    }
}
