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
     * @param entry what an entry of a map of records has, as in {@code topics.NAME.format}; null for any other key
     */
    record Key(
            String path,
            Type type,
            @Nullable String fallback,
            boolean optional,
            boolean open,
            String about,
            @Nullable ConfigShape entry) {

        /** The same key of the entry with this name. */
        private Key below(String prefix) {
            return new Key(prefix + "." + path, type, fallback, optional, open, about, entry);
        }
    }

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
            ConfigShape entry = open ? entryOf(component) : null;
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
                    about == null ? "" : about.value(),
                    entry);
            if (keys.put(path, key) != null) {
                throw new IllegalStateException(path + ": two configuration records have this key");
            }
        }
    }

    /** The keys of a map's entries where those are records; null where they are plain values. */
    private static @Nullable ConfigShape entryOf(RecordComponent component) {
        Class<?> element = ConfigValues.raw(ConfigValues.elementOf(component.getGenericType()));
        return element.isRecord() && !ConfigValues.reads(element)
                ? new ConfigShape(List.of(element.asSubclass(Record.class)))
                : null;
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
                .flatMap(key -> inside(key, path).stream())
                .findFirst();
    }

    private static Optional<Key> inside(Key map, String path) {
        if (map.entry() == null) {
            return Optional.of(map);
        }
        String name = nameIn(map, path);
        if (name == null) {
            return Optional.empty();
        }
        String prefix = map.path() + "." + name;
        return map.entry().find(path.substring(prefix.length() + 1)).map(key -> key.below(prefix));
    }

    /**
     * The name of the entry that a path sets something of; it may have dots itself, as names of topics do, so it is what
     * stands before the last key that an entry has. Null when no such key ends the path.
     */
    static @Nullable String nameIn(Key map, String path) {
        ConfigShape entry = map.entry();
        String rest = path.substring(map.path().length() + 1);
        for (int dot = rest.lastIndexOf('.'); entry != null && dot > 0; dot = rest.lastIndexOf('.', dot - 1)) {
            if (entry.find(rest.substring(dot + 1)).isPresent()) {
                return rest.substring(0, dot);
            }
        }
        return null;
    }

    /** The keys behind a prefix, with their defaults and what they are for, one paragraph each. */
    String help(String prefix) {
        StringBuilder text = new StringBuilder();
        for (Key key : keys.values()) {
            if (key.entry() != null) {
                text.append(key.entry().help(prefix + key.path() + ".NAME."));
                continue;
            }
            text.append("  --").append(prefix).append(key.path()).append(key.open() ? ".*" : "");
            text.append(key.fallback() == null || key.fallback().isEmpty() ? "" : "  (default " + key.fallback() + ")");
            text.append('\n');
            if (!key.about().isEmpty()) {
                text.append("        ").append(key.about()).append('\n');
            }
        }
        return text.toString();
    }

    boolean isGroup(String path) {
        return keys.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
    }

    /** The key that somebody who wrote {@code path} most likely meant. */
    Optional<String> nearest(String path) {
        Optional<String> inEntry = keys.values().stream()
                .filter(key -> key.entry() != null && path.startsWith(key.path() + "."))
                .flatMap(key -> nearestInEntry(key, path).stream())
                .findFirst();
        if (inEntry.isPresent()) {
            return inEntry;
        }
        List<String> near = new ArrayList<>(keys.keySet());
        return Spelling.nearest(path, near)
                .or(() -> near.stream()
                        .filter(key -> key.endsWith("." + path) || lastPart(key).equals(lastPart(path)))
                        .min(Comparator.comparingInt(String::length)));
    }

    private static Optional<String> nearestInEntry(Key map, String path) {
        ConfigShape entry = map.entry();
        int dot = path.lastIndexOf('.');
        if (entry == null || dot <= map.path().length()) {
            return Optional.empty();
        }
        return entry.nearest(path.substring(dot + 1)).map(key -> path.substring(0, dot + 1) + key);
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
