package io.faultprint.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stage's configuration into records. A record component {@code maxBody} of a component {@code http} is the key
 * {@code http.max-body}; its default is written beside it with {@link Default}, it is required without one, and may be
 * null when it is {@code @Nullable}. A {@code Map} component passes all keys below it through; where its values are records, a key is
 * {@code topics.NAME.format}, and NAME may have dots. Later sources win:
 *
 * <ol>
 *   <li>the defaults;
 *   <li>a YAML or JSON file ({@code --config FILE} or {@code FAULTPRINT_<STAGE>_CONFIG}), nested or dotted keys;
 *   <li>the environment: {@code FAULTPRINT_INGEST_HTTP_MAX_BODY};
 *   <li>flags: {@code --http.max-body=16MiB} or {@code --http.max-body 16MiB}.
 * </ol>
 *
 * <p>An unknown key in any of them stops the start. Each configuration record has two tests: {@link #defaults} equals
 * the record spelled out, and {@link #of} with every key set to something else equals that record spelled out.
 */
public final class ConfigLoader {

    private final String stage;
    private final List<Class<? extends Record>> types;
    private final ConfigShape shape;

    public ConfigLoader(String stage, List<Class<? extends Record>> types) {
        this.stage = stage;
        this.types = List.copyOf(types);
        this.shape = new ConfigShape(types);
    }

    /** The record with nothing set. */
    public static <C extends Record> C defaults(Class<C> type) {
        return of(type, Map.of());
    }

    /**
     * The record with these dotted keys set, read like any other source.
     *
     * @throws UsageError when a key is unknown or a value is wrong
     */
    public static <C extends Record> C of(Class<C> type, Map<String, String> values) {
        List<ConfigSetting> settings = new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> ConfigSetting.given(entry.getKey(), entry.getValue()))
                        .toList();
        return new ConfigLoader("", List.of(type)).bind(settings).get(type);
    }

    /**
     * Reads all sources.
     *
     * @param args flags only
     * @param environment usually {@link System#getenv()}
     * @throws UsageError naming every unknown key and every value that cannot be
     */
    public Configuration load(List<String> args, Map<String, String> environment) {
        ConfigFlags flags = ConfigFlags.parse(args, shape);
        List<ConfigSetting> settings = new ArrayList<>();
        String file = flags.file() == null ? environment.get(configVariable()) : flags.file();
        if (file != null) {
            settings.addAll(ConfigFile.read(Path.of(file), shape));
        }
        settings.addAll(variables(environment));
        settings.addAll(flags.settings());
        return bind(settings);
    }

    /** The keys with their defaults and what they are for, one paragraph each. */
    public String help() {
        return shape.help("");
    }

    private Configuration bind(List<ConfigSetting> settings) {
        Map<String, ConfigSetting> effective = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (ConfigSetting setting : settings) {
            Optional<ConfigShape.Key> key = shape.find(setting.path());
            if (key.isEmpty()) {
                problems.add(unknown(setting));
            } else if (key.get().open() && key.get().path().equals(setting.path())) {
                problems.add(setting.where() + ": sets nothing by itself; give a key below it, as in "
                        + spelled(setting.path() + ".NAME", setting) + "=VALUE");
            }
            effective.put(setting.path(), setting);
        }
        if (!problems.isEmpty()) {
            throw new UsageError(String.join("\n", problems));
        }
        ConfigBinder binder = new ConfigBinder(shape, effective);
        Map<Class<? extends Record>, Record> records = new LinkedHashMap<>();
        for (Class<? extends Record> type : types) {
            records.put(type, binder.bind(type));
        }
        return new Configuration(records, lines(effective));
    }

    private List<ConfigSetting> variables(Map<String, String> environment) {
        String prefix = ConfigShape.variable(stage, "");
        List<ConfigSetting> settings = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(prefix) && !variable.equals(configVariable())) {
                settings.add(ConfigSetting.environment(pathOf(variable), text, variable));
            }
        });
        return settings;
    }

    /** An environment variable cannot tell a dot from a dash, but the keys that exist can. */
    private String pathOf(String variable) {
        for (ConfigShape.Key key : shape.keys()) {
            String name = ConfigShape.variable(stage, key.path());
            if (!key.open() && name.equals(variable)) {
                return key.path();
            }
            if (key.open() && variable.startsWith(name + "_")) {
                String rest = variable.substring(name.length() + 1);
                return key.path() + "." + (key.entry() == null ? dotted(rest) : inEntry(key.entry(), rest));
            }
        }
        return dotted(variable.substring(ConfigShape.variable(stage, "").length()));
    }

    /** {@code APP_LOGS_SERVICE_FROM} is {@code app.logs.service-from}: what an entry has is known, its name is not. */
    private static String inEntry(ConfigShape entry, String rest) {
        for (ConfigShape.Key key : entry.keys()) {
            String end = "_" + key.path().replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
            if (rest.endsWith(end) && rest.length() > end.length()) {
                return dotted(rest.substring(0, rest.length() - end.length())) + "." + key.path();
            }
        }
        return dotted(rest);
    }

    private static String dotted(String upperSnake) {
        return upperSnake.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private String configVariable() {
        return ConfigShape.variable(stage, "config");
    }

    private String unknown(ConfigSetting setting) {
        String near = shape.nearest(setting.path()).orElse(null);
        return setting.where() + ": unknown key"
                + (near == null ? "" : " (did you mean " + spelled(near, setting) + "?)");
    }

    private String spelled(String key, ConfigSetting setting) {
        return switch (setting.origin()) {
            case "flag" -> "--" + key;
            case "environment" -> ConfigShape.variable(stage, key);
            default -> key;
        };
    }

    private List<String> lines(Map<String, ConfigSetting> effective) {
        List<String> lines = new ArrayList<>();
        for (ConfigShape.Key key : shape.keys()) {
            if (key.open()) {
                effective.forEach((path, setting) -> {
                    if (path.startsWith(key.path() + ".")) {
                        lines.add(line(setting));
                    }
                });
                continue;
            }
            @Nullable ConfigSetting setting = effective.get(key.path());
            if (setting == null && key.fallback() != null) {
                setting = ConfigSetting.fallback(key.path(), key.fallback());
            }
            lines.add(setting == null ? key.path() + ": # not set" : line(setting));
        }
        return lines;
    }

    private static String line(ConfigSetting setting) {
        return setting.path() + ": " + setting.shown() + " # " + setting.origin();
    }
}
