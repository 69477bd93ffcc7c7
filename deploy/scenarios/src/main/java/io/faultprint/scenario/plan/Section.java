package io.faultprint.scenario.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultprint.runtime.UsageError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One mapping of the file. It knows its path, so that every complaint names thing, value and mend. */
final class Section {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smh])");
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new TreeSet<>();

    Section(String path, JsonNode node) {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new UsageError(path + ": " + show(node) + ": must be a mapping of keys to values");
        }
    }

    UsageError wrong(String key, String mend) {
        return new UsageError(path + "." + key + ": " + show(node.get(key)) + ": " + mend);
    }

    boolean has(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        return value != null && !value.isNull();
    }

    private JsonNode need(String key, String mend) {
        JsonNode value = has(key) ? node.get(key) : null;
        if (value == null) {
            throw new UsageError(path + "." + key + ": missing: " + mend);
        }
        return value;
    }

    String text(String key) {
        JsonNode value = need(key, "must be a text");
        if (!value.isValueNode() || value.asText().isBlank()) {
            throw wrong(key, "must be a text that is not empty");
        }
        return value.asText();
    }

    String text(String key, String byDefault) {
        return has(key) ? text(key) : byDefault;
    }

    double number(String key, double min, double max) {
        String mend = "must be a number from " + plain(min) + " to " + plain(max);
        JsonNode value = need(key, mend);
        if (!value.isNumber() || !(value.asDouble() >= min) || !(value.asDouble() <= max)) {
            throw wrong(key, mend);
        }
        return value.asDouble();
    }

    double number(String key, double min, double max, double byDefault) {
        return has(key) ? number(key, min, max) : byDefault;
    }

    int whole(String key, int min, int max) {
        String mend = "must be a whole number from " + min + " to " + max;
        JsonNode value = need(key, mend);
        if (!value.isIntegralNumber() || value.asLong() < min || value.asLong() > max) {
            throw wrong(key, mend);
        }
        return value.asInt();
    }

    int whole(String key, int min, int max, int byDefault) {
        return has(key) ? whole(key, min, max) : byDefault;
    }

    boolean flag(String key) {
        if (has(key) && !node.get(key).isBoolean()) {
            throw wrong(key, "must be true or false");
        }
        return has(key) && node.get(key).asBoolean();
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        String value = text(key);
        for (E each : type.getEnumConstants()) {
            if (label(each).equals(value)) {
                return each;
            }
        }
        throw wrong(
                key,
                "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Section::label)
                                .collect(Collectors.joining(", ")));
    }

    String choice(String key, String byDefault, String... allowed) {
        String value = text(key, byDefault);
        if (!List.of(allowed).contains(value)) {
            throw wrong(key, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    Section section(String key) {
        return new Section(path + "." + key, need(key, "must be a mapping"));
    }

    <T> @Nullable T maybe(String key, Function<Section, T> reader) {
        return has(key) ? read(section(key), reader) : null;
    }

    <T> List<T> list(String key, boolean required, Function<Section, T> reader) {
        var items = new ArrayList<T>();
        if (required || has(key)) {
            JsonNode list = need(key, "must be a list");
            if (!list.isArray() || (required && list.isEmpty())) {
                throw wrong(key, required ? "must be a list that is not empty" : "must be a list");
            }
            for (int i = 0; i < list.size(); i++) {
                items.add(read(new Section(path + "." + key + "[" + i + "]", list.get(i)), reader));
            }
        }
        return List.copyOf(items);
    }

    List<String> texts(String key) {
        JsonNode list = need(key, "must be a list of texts");
        if (!list.isArray() || list.isEmpty()) {
            throw wrong(key, "must be a list of texts that is not empty");
        }
        var items = new ArrayList<String>();
        list.forEach(item -> items.add(item.asText()));
        return List.copyOf(items);
    }

    Between range(String key) {
        JsonNode list = need(key, "must be [smallest, largest]");
        if (!list.isArray()
                || list.size() != 2
                || !list.get(0).isNumber()
                || !list.get(1).isNumber()
                || list.get(0).asDouble() <= 0
                || list.get(0).asDouble() > list.get(1).asDouble()) {
            throw wrong(key, "must be [smallest, largest], two numbers above 0");
        }
        return new Between(list.get(0).asDouble(), list.get(1).asDouble());
    }

    /** A time such as {@code 90s} or {@code 12m}, or a range of times, in milliseconds. */
    Between duration(String key) {
        String mend = "must be a time such as 90s, 12m or 2h, or a range such as [11m, 14m]";
        JsonNode value = need(key, mend);
        boolean range = value.isArray();
        if (range && value.size() != 2) {
            throw wrong(key, mend);
        }
        double low = millis(key, range ? value.get(0) : value, mend);
        double high = range ? millis(key, value.get(1), mend) : low;
        if (low > high) {
            throw wrong(key, mend);
        }
        return new Between(low, high);
    }

    private double millis(String key, JsonNode value, String mend) {
        Matcher parts = DURATION.matcher(value.asText());
        if (!parts.matches()) {
            throw wrong(key, mend);
        }
        int unit = switch (parts.group(2)) {
            case "s" -> 1000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        return Integer.parseInt(parts.group(1)) * (double) unit;
    }

    <T> Map<String, T> named(String key, BiFunction<String, Section, T> reader) {
        JsonNode mapping = need(key, "must be a mapping that is not empty");
        if (!mapping.isObject() || mapping.isEmpty()) {
            throw wrong(key, "must be a mapping that is not empty");
        }
        var items = new LinkedHashMap<String, T>();
        mapping.properties()
                .forEach(entry -> items.put(
                        entry.getKey(),
                        read(
                                new Section(path + "." + key + "." + entry.getKey(), entry.getValue()),
                                section -> reader.apply(entry.getKey(), section))));
        return Collections.unmodifiableMap(items);
    }

    /** Reads a section to its end: a key that nobody asked for is a mistake of the author. */
    static <T> T read(Section section, Function<Section, T> reader) {
        T result = reader.apply(section);
        section.node.fieldNames().forEachRemaining(key -> {
            if (!section.known.contains(key)) {
                throw new UsageError(
                        section.path + "." + key + ": unknown key: must be one of " + String.join(", ", section.known));
            }
        });
        return result;
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String show(@Nullable JsonNode node) {
        String text = node == null ? "missing" : node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
