package io.faultprint.local;

import io.faultprint.runtime.UsageError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of {@code run STAGE}: the launcher's short names of servers as settings of the stage. One line of servers
 * serves all stages: who has no OpenSearch passes over it.
 */
final class StageArguments {

    private StageArguments() {}

    /**
     * The stage's own arguments.
     *
     * @param environment usually {@link System#getenv()}
     * @throws UsageError for a short name without its value, or a file that cannot be read
     */
    static String[] of(String stage, List<String> given, Map<String, String> environment) {
        List<String> own = new ArrayList<>();
        Map<String, String> client = new TreeMap<>();
        String file = environment.getOrDefault(ClientOptions.VARIABLE, "");
        String named = ClientOptions.VARIABLE;
        for (Iterator<String> all = given.iterator(); all.hasNext(); ) {
            String argument = all.next();
            String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            switch (name) {
                case "--kafka" -> own.add("--kafka.bootstrap-servers=" + value(name, argument, all));
                case "--kafka-property" -> {
                    String[] pair = value(name, argument, all).split("=", 2);
                    if (pair.length < 2) {
                        throw new UsageError(name + " " + pair[0] + ": must be KEY=VALUE");
                    }
                    client.put(pair[0], pair[1]);
                }
                case "--kafka-config" -> {
                    file = value(name, argument, all);
                    named = name;
                }
                case "--registry" -> own.add("--registry.url=" + value(name, argument, all));
                case "--registry-property" -> own.add("--registry.properties." + value(name, argument, all));
                case "--prefix" -> own.add("--run.prefix=" + value(name, argument, all));
                case "--opensearch" -> {
                    String url = value(name, argument, all);
                    if (stage.equals("diagnose") || stage.equals("setup")) {
                        own.add("--opensearch.url=" + url);
                    }
                }
                default -> own.add(argument);
            }
        }
        Map<String, String> properties = new TreeMap<>();
        if (!file.isEmpty()) {
            properties.putAll(ClientOptions.read(named, Path.of(file)));
        }
        properties.putAll(client);
        properties.forEach((key, value) -> own.add("--kafka.properties." + key + "=" + value));
        return own.toArray(String[]::new);
    }

    private static String value(String name, String argument, Iterator<String> rest) {
        if (!argument.equals(name)) {
            return argument.substring(name.length() + 1);
        }
        if (!rest.hasNext()) {
            throw new UsageError(name + ": needs a value");
        }
        return rest.next();
    }
}
