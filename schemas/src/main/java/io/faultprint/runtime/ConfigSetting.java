package io.faultprint.runtime;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key that somebody set.
 *
 * @param path the key, dotted: {@code http.port}
 * @param text its value as written
 * @param sequence its values when it was written as a YAML or JSON sequence
 * @param where what names it for the user: a flag, an environment variable, or file, line and key
 * @param origin where it comes from, short: {@code flag}, {@code environment}, {@code file}, {@code default}
 */
record ConfigSetting(String path, String text, @Nullable List<String> sequence, String where, String origin) {

    private static final List<String> SECRET_ENDINGS =
            List.of("password", "secret", "token", "key", "sasl.jaas.config", "user.info");

    static ConfigSetting flag(String path, String text) {
        return new ConfigSetting(path, text, null, "--" + path, "flag");
    }

    static ConfigSetting environment(String path, String text, String variable) {
        return new ConfigSetting(path, text, null, variable, "environment");
    }

    static ConfigSetting given(String path, String text) {
        return new ConfigSetting(path, text, null, path, "given");
    }

    static ConfigSetting fallback(String path, String text) {
        return new ConfigSetting(path, text, null, path, "default");
    }

    List<String> items() {
        if (sequence != null) {
            return sequence;
        }
        return text.isBlank()
                ? List.of()
                : List.of(text.split(",", -1)).stream().map(String::trim).toList();
    }

    ConfigSetting withText(String other) {
        return new ConfigSetting(path, other, null, where, origin);
    }

    /** The value as it may be shown: logs and terminals are read by more people than the configuration is. */
    String shown() {
        String name = path.toLowerCase(Locale.ROOT);
        boolean secret = SECRET_ENDINGS.stream().anyMatch(name::endsWith)
                || name.endsWith(".bearer")
                || name.contains(".headers.");
        if (secret && !text.isEmpty()) {
            return "***";
        }
        if (name.endsWith(".url") && !text.isEmpty()) {
            return address(text);
        }
        return text.isEmpty() ? "\"\"" : text;
    }

    /** The address of a webhook may be all that it asks for: of a long path, a query or a user, the host alone is shown. */
    private static String address(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getHost() == null
                    || (uri.getRawQuery() == null
                            && uri.getRawUserInfo() == null
                            && uri.getRawPath().chars().filter(c -> c == '/').count() < 3);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return plain ? text : uri.getScheme() + "://" + uri.getHost() + port + "/***";
        } catch (URISyntaxException none) {
            return text;
        }
    }

    /** {@code --http.port 70000: <problem>}. */
    String problem(String problem) {
        return where + " " + shown() + ": " + problem;
    }
}
