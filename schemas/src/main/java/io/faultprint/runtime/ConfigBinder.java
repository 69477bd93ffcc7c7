package io.faultprint.runtime;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes configuration records from settings, and every failure into a sentence about the setting at fault. */
final class ConfigBinder {

    private final ConfigShape shape;
    private final Map<String, ConfigSetting> settings;

    ConfigBinder(ConfigShape shape, Map<String, ConfigSetting> settings) {
        this.shape = shape;
        this.settings = settings;
    }

    <C extends Record> C bind(Class<C> type) {
        return type.cast(record(type, ""));
    }

    private Object record(Class<?> type, String prefix) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> problems = new ArrayList<>();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            try {
                values[i] = component(components[i], prefix);
            } catch (UsageError problem) {
                problems.add(String.valueOf(problem.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageError(String.join("\n", problems));
        }
        return construct(type, prefix, values);
    }

    private @Nullable Object component(RecordComponent component, String prefix) {
        String path = ConfigShape.path(prefix, component);
        ConfigShape.Key key = shape.find(path).orElse(null);
        if (key == null) {
            return record(component.getType(), path);
        }
        if (key.open()) {
            return key.entry() == null ? entries(key) : records(key);
        }
        ConfigSetting setting = settings.get(path);
        if (setting == null && key.fallback() != null) {
            setting = ConfigSetting.fallback(path, key.fallback());
        }
        if (setting == null && key.optional()) {
            return null;
        }
        if (setting == null) {
            throw new UsageError(path + ": must be set" + (key.about().isEmpty() ? "" : " (" + key.about() + ")"));
        }
        try {
            return ConfigValues.read(key.type(), setting);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageError(setting.problem(unreadable.getMessage() + defaultOf(key)), unreadable);
        }
    }

    private Map<String, Object> entries(ConfigShape.Key key) {
        Map<String, Object> entries = new LinkedHashMap<>();
        settings.forEach((path, setting) -> {
            if (path.startsWith(key.path() + ".")) {
                String name = path.substring(key.path().length() + 1);
                try {
                    entries.put(name, ConfigValues.read(ConfigValues.elementOf(key.type()), setting));
                } catch (IllegalArgumentException unreadable) {
                    throw new UsageError(setting.problem(String.valueOf(unreadable.getMessage())), unreadable);
                }
            }
        });
        return Map.copyOf(entries);
    }

    /** A map of records: one for each name that something is set of, in the order of the names. */
    private Map<String, Object> records(ConfigShape.Key map) {
        Class<?> type = ConfigValues.raw(ConfigValues.elementOf(map.type()));
        Map<String, Object> records = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (String path : settings.keySet()) {
            String name = path.startsWith(map.path() + ".") ? ConfigShape.nameIn(map, path) : null;
            if (name != null) {
                names.add(name);
            }
        }
        for (String name : names) {
            try {
                records.put(name, record(type, map.path() + "." + name));
            } catch (UsageError problem) {
                problems.add(String.valueOf(problem.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageError(String.join("\n", problems));
        }
        return Collections.unmodifiableMap(records);
    }

    private Object construct(Class<?> type, String prefix, @Nullable Object[] values) {
        Class<?>[] signature = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(signature);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException cause) {
                throw new UsageError(refusal(type, prefix, String.valueOf(cause.getMessage())), cause);
            }
            if (refused.getCause() instanceof UsageError cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot make " + type, refused.getCause());
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException("cannot make " + type, unusable);
        }
    }

    /** A constructor says {@code component: mend}; the user hears of the key, its place, its value and its default. */
    private String refusal(Class<?> type, String prefix, String message) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName() + ": ";
            if (!message.startsWith(name)) {
                continue;
            }
            String mend = message.substring(name.length());
            String path = ConfigShape.path(prefix, component);
            ConfigShape.Key key = shape.find(path).orElse(null);
            ConfigSetting setting = settings.get(path);
            if (key == null || setting == null) {
                String fallback = key == null || key.fallback() == null ? "" : " " + key.fallback();
                return path + fallback + ": " + mend;
            }
            return setting.problem(mend + defaultOf(key));
        }
        return prefix.isEmpty() ? message : prefix + ": " + message;
    }

    private static String defaultOf(ConfigShape.Key key) {
        return key.fallback() == null || key.fallback().isEmpty() ? "" : " (default " + key.fallback() + ")";
    }
}
