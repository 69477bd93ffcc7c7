package io.faultprint.local;

import io.faultprint.runtime.UsageError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The arguments of {@code run STAGE}: the launcher's short names of servers as settings of the stage. One line of servers
 * serves all stages: who has no OpenSearch passes over it.
 */
final class StageArguments {

    private StageArguments() {}

    /**
     * The stage's own arguments.
     *
     * @throws UsageError for a short name without its value
     */
    static String[] of(String stage, List<String> given) {
        List<String> own = new ArrayList<>();
        for (Iterator<String> all = given.iterator(); all.hasNext(); ) {
            String argument = all.next();
            String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            switch (name) {
                case "--kafka" -> own.add("--kafka.bootstrap-servers=" + value(name, argument, all));
                case "--kafka-property" -> own.add("--kafka.properties." + value(name, argument, all));
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
