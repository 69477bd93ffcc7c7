package io.faultprint.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One saved object as OpenSearch Dashboards imports it.
 *
 * @param kind what it is
 * @param id its id, the same at every build, so that importing again replaces it
 * @param attributes what it holds; parts that Dashboards keeps as text are text here
 * @param references what it points to
 */
record SavedObject(Kind kind, String id, ObjectNode attributes, List<Reference> references) {

    /** A pointer to another object, under the name by which the attributes speak of it. */
    record Reference(String name, Kind kind, String id) {}

    /** The types, with the newest version of each that 2.8 as well as 2.19 can import. */
    enum Kind {
        INDEX_PATTERN("index-pattern", "7.6.0"),
        VISUALIZATION("visualization", "7.10.0"),
        SEARCH("search", "7.9.3"),
        DASHBOARD("dashboard", "7.9.3");

        private final String word;
        private final String version;

        Kind(String word, String version) {
            this.word = word;
            this.version = version;
        }

        String word() {
            return word;
        }
    }

    SavedObject {
        references = List.copyOf(references);
    }

    ObjectNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode json = nodes.objectNode().put("type", kind.word).put("id", id);
        json.set("attributes", attributes);
        ArrayNode all = json.putArray("references");
        for (Reference reference : references) {
            all.addObject()
                    .put("name", reference.name())
                    .put("type", reference.kind().word)
                    .put("id", reference.id());
        }
        json.putObject("migrationVersion").put(kind.word, kind.version);
        return json;
    }
}
