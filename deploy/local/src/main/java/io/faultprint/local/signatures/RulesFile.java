package io.faultprint.local.signatures;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Rules from a file of properties, with the keys that correlate's configuration has; its other keys may stand there too. */
public final class RulesFile {

    private static final String PREFIX = "signatures.";

    private RulesFile() {}

    /**
     * The rules of a file.
     *
     * @throws UsageError naming the file, and the key and value at fault
     */
    public static SteeringRules read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException missing) {
            throw new UsageError("--rules " + file + ": there is no such file", missing);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageError(
                    "--rules " + file + ": cannot be read as properties (key=value, one a line): "
                            + unreadable.getMessage(),
                    unreadable);
        }
        Map<String, String> rules = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                rules.put(key, properties.getProperty(key));
            }
        }
        if (rules.isEmpty()) {
            throw new UsageError("--rules " + file + ": has none of " + PREFIX + "always-mask, " + PREFIX
                    + "never-merge and " + PREFIX + "ignore");
        }
        try {
            return ConfigLoader.of(CorrelateConfig.class, rules).signatures().rules();
        } catch (UsageError wrong) {
            throw new UsageError("--rules " + file + ": " + wrong.getMessage(), wrong);
        }
    }
}
