package io.faultprint.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line of {@code --key=value} and {@code --key value}.
 *
 * @param file what {@code --config} names
 */
record ConfigFlags(List<ConfigSetting> settings, @Nullable String file) {

    static ConfigFlags parse(List<String> args, ConfigShape shape) {
        List<ConfigSetting> settings = new ArrayList<>();
        String file = null;
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--") || arg.length() == 2) {
                throw new UsageError(arg + ": unexpected argument; settings are written --key=value");
            }
            int equals = arg.indexOf('=');
            String path = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
            String value;
            if (equals >= 0) {
                value = arg.substring(equals + 1);
            } else if (isSwitch(path, shape) && !isTruth(args, i + 1)) {
                value = "true";
            } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
                value = args.get(++i);
            } else if (path.equals("config") || shape.find(path).isPresent()) {
                throw new UsageError(arg + ": needs a value, as in " + arg + "=VALUE");
            } else {
                value = "";
            }
            if (path.equals("config")) {
                file = value;
            } else {
                settings.add(ConfigSetting.flag(path, value));
            }
        }
        return new ConfigFlags(settings, file);
    }

    private static boolean isSwitch(String path, ConfigShape shape) {
        return shape.find(path)
                .map(key -> key.type() == boolean.class || key.type() == Boolean.class)
                .orElse(false);
    }

    private static boolean isTruth(List<String> args, int index) {
        return index < args.size()
                && (args.get(index).equals("true") || args.get(index).equals("false"));
    }
}
