package io.faultprint.diagnose.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a mapping that is there lacks of the one that is wanted. Fields that nobody wants any more are left alone, as
 * OpenSearch leaves them.
 *
 * @param added fields that are to be added, with their path
 * @param conflicts fields that have another type there, in words with both types
 */
record MappingDiff(List<String> added, List<String> conflicts) {

    MappingDiff {
        added = List.copyOf(added);
        conflicts = List.copyOf(conflicts);
    }

    /** Both as OpenSearch gives a mapping: with {@code properties}. */
    static MappingDiff of(JsonNode wanted, JsonNode found) {
        List<String> added = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        compare("", wanted.path("properties"), found.path("properties"), added, conflicts);
        return new MappingDiff(added, conflicts);
    }

    boolean none() {
        return added.isEmpty() && conflicts.isEmpty();
    }

    private static void compare(
            String path, JsonNode wanted, JsonNode found, List<String> added, List<String> conflicts) {
        wanted.properties().forEach(field -> {
            String name = path + field.getKey();
            JsonNode there = found.path(field.getKey());
            String is = type(there);
            String must = type(field.getValue());
            if (there.isMissingNode()) {
                added.add(name);
            } else if (!is.equals(must)) {
                conflicts.add("field " + name + " is " + is + ", must be " + must);
            } else {
                compare(name + ".", field.getValue().path("properties"), there.path("properties"), added, conflicts);
            }
        });
    }

    /** A field of fields need not say that it is one. */
    private static String type(JsonNode field) {
        return field.path("type").asText("object");
    }
}
