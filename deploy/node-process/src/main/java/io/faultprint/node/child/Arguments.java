package io.faultprint.node.child;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node is asked on its command line. */
record Arguments(Path data, int port, Map<String, String> properties) {

    static final String USAGE = "--data DIR [--port N] [--property KEY=VALUE]...";

    static Arguments parse(List<String> words) {
        @Nullable Path data = null;
        int port = 0;
        Map<String, String> properties = new LinkedHashMap<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--data" -> data = directory(value(flag, rest));
                case "--port" -> port = port(value(flag, rest));
                case "--property" -> addProperty(value(flag, rest), properties);
                default -> throw new Refused(flag + ": not an option; usage: " + USAGE);
            }
        }
        if (data == null) {
            throw new Refused("--data is missing; usage: " + USAGE);
        }
        return new Arguments(data, port, properties);
    }

    private static String value(String flag, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Refused(flag + " needs a value; usage: " + USAGE);
        }
        return rest.next();
    }

    private static Path directory(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new Refused("--data " + text + ": not a path: " + e.getReason());
        }
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new Refused("--port " + text + ": must be a number from 0 to 65535 (0 = any free one)");
    }

    private static void addProperty(String text, Map<String, String> properties) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new Refused("--property " + text + ": must be KEY=VALUE");
        }
        properties.put(text.substring(0, equals), text.substring(equals + 1));
    }
}
