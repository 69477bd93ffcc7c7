package io.faultprint.runtime;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a set of configuration records understands. */
final class ConfigShape {

    /**
     * @param fallback the default as text, when there is one
     * @param optional true when the component may be null
     * @param open true for a map: every key below {@code path} is accepted and passed through
     */
    record Key(String path, Type type, @Nullable String fallback, boolean optional, boolean open, String about) {}

    private final Map<String, Key> keys = new LinkedHashMap<>();

    ConfigShape(List<? extends Class<? extends Record>> types) {
        for (Class<? extends Record> type : types) {
            collect(type, "");
        }
    }

    private void collect(Class<?> type, String prefix) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = path(prefix, component);
            if (component.getType().isRecord() && !ConfigValues.reads(component.getType())) {
                collect(component.getType(), path);
                continue;
            }
            boolean open = component.getType() == Map.class;
            if (!open && !ConfigValues.reads(component.getGenericType())) {
                throw new IllegalStateException(
                        type + "." + component.getName() + ": no text can be read into " + component.getGenericType());
            }
            Default fallback = component.getAnnotation(Default.class);
            About about = component.getAnnotation(About.class);
            Key key = new Key(
                    path,
                    component.getGenericType(),
                    fallback == null ? null : fallback.value(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    open,
                    about == null ? "" : about.value());
            if (keys.put(path, key) != null) {
                throw new IllegalStateException(path + ": two configuration records have this key");
            }
        }
    }

    static String path(String prefix, RecordComponent component) {
        String name =
                component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    List<Key> keys() {
        return List.copyOf(keys.values());
    }

    /** The key that a dotted path sets: itself, or the map it is an entry of. */
    Optional<Key> find(String path) {
        Key exact = keys.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        return keys.values().stream()
                .filter(key -> key.open() && path.startsWith(key.path() + "."))
                .findFirst();
    }

    boolean isGroup(String path) {
        return keys.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
    }

    /** The key that somebody who wrote {@code path} most likely meant. */
    Optional<String> nearest(String path) {
        List<String> near = new ArrayList<>(keys.keySet());
        return Spelling.nearest(path, near)
                .or(() -> near.stream()
                        .filter(key -> key.endsWith("." + path) || lastPart(key).equals(lastPart(path)))
                        .min(Comparator.comparingInt(String::length)));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    static String variable(String stage, String path) {
        return ("FAULTPRINT_" + stage + "_" + path)
                .replace('.', '_')
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
    }
}
