package io.faultprint.diagnose.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OpenSearch's bulk format, and what each item's answer means. Pure. */
final class Bulk {

    /** Answers with status 400 that are about the node's state and not about the document. */
    private static final Set<String> OF_THE_NODE = Set.of(
            "validation_exception",
            "cluster_block_exception",
            "index_closed_exception",
            "index_create_block_exception",
            "process_cluster_event_timeout_exception");

    private Bulk() {}

    static byte[] body(List<Document> documents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Document document : documents) {
            out.writeBytes(action(document).toString().getBytes(UTF_8));
            out.write('\n');
            out.writeBytes(document.json().getBytes(UTF_8));
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static ObjectNode action(Document document) {
        ObjectNode meta = JsonNodeFactory.instance
                .objectNode()
                .put("_index", document.index())
                .put("_id", document.id());
        switch (document.rule()) {
            case ONCE -> {
                return JsonNodeFactory.instance.objectNode().set("create", meta);
            }
            case REVISION -> meta.put("version_type", "external");
            case NEWEST -> meta.put("version_type", "external_gte");
        }
        // Without its alias a write would make an index of that name, without our mapping.
        meta.put("version", document.version()).put("require_alias", true);
        return JsonNodeFactory.instance.objectNode().set("index", meta);
    }

    /** What an item's result means; empty for a conflict, which only a look at the stored document can decide. */
    static Optional<Outcome> outcome(JsonNode result) {
        int status = result.path("status").asInt();
        if (status >= 200 && status < 300) {
            return Optional.of(Outcome.DONE);
        }
        if (status == 409) {
            return Optional.empty();
        }
        JsonNode error = result.path("error");
        String reason = "HTTP " + status + " " + reason(error);
        return Optional.of(ours(status, error) ? new Outcome.Refused(reason) : new Outcome.Retry(reason));
    }

    /** What a refusal of a whole request means; when it holds one document only, for that document. */
    static Outcome outcome(OpenSearchHttp.Answer answer, int bytes) {
        if (answer.status() == 413) {
            return new Outcome.Refused("HTTP 413: " + bytes + " bytes are too large for http.max_content_length of"
                    + " OpenSearch, or for what stands before it");
        }
        return ours(answer.status(), answer.json().path("error"))
                ? new Outcome.Refused(answer.error())
                : new Outcome.Retry(answer.error());
    }

    /**
     * Whether it is the document's fault. Only OpenSearch itself can say so: a 400 without its error type is from
     * something in between, and would refuse every document there is.
     */
    private static boolean ours(int status, JsonNode error) {
        String type = error.path("type").asText();
        boolean aliasUnfit = error.path("reason").asText().contains("no write index is defined");
        return status == 400 && !type.isEmpty() && !OF_THE_NODE.contains(type) && !aliasUnfit;
    }

    /** Type and reason, and those of the innermost cause, which names the field. */
    private static String reason(JsonNode error) {
        JsonNode innermost = error;
        while (innermost.path("caused_by").isObject()) {
            innermost = innermost.path("caused_by");
        }
        String inner = typed(innermost);
        return typed(error) + (inner.equals(typed(error)) ? "" : " (" + inner + ")");
    }

    private static String typed(JsonNode error) {
        return error.path("type").asText() + ": " + error.path("reason").asText();
    }

    /** What a conflict means, given what is stored under the same id. */
    static Outcome settle(Document ours, long storedVersion, String storedHash) {
        if (ours.rule() != Document.Rule.ONCE && storedVersion > ours.version()) {
            return Outcome.DONE;
        }
        if (ours.rule() == Document.Rule.NEWEST || storedHash.equals(ours.hash())) {
            return Outcome.DONE;
        }
        return new Outcome.Stale(ours + ": the store holds other content under the same id and version (hash "
                + storedHash + ", ours " + ours.hash() + ")");
    }
}
