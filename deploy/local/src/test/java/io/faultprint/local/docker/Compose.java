package io.faultprint.local.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} as Compose reads it: anchors and merges resolved. */
record Compose(Map<String, Service> services, Map<String, Object> volumes) {

    /** A variable of whoever calls, with what stands for it otherwise. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    /** One service; what it does not say is empty. */
    record Service(
            String name,
            String image,
            List<String> command,
            Map<String, String> environment,
            String environmentFile,
            List<String> ports,
            List<String> volumes,
            Map<String, String> waitsFor,
            String restart,
            List<String> probe,
            List<String> profiles) {

        /** The port inside the container of each published one. */
        List<Integer> containerPorts() {
            return ports.stream()
                    .map(port -> Integer.parseInt(port.substring(port.lastIndexOf(':') + 1)))
                    .toList();
        }

        String tag() {
            return image.substring(image.lastIndexOf(':') + 1);
        }

        /** What follows an option of the command; empty without it. */
        String option(String name) {
            int at = command.indexOf(name);
            return at < 0 ? "" : command.get(at + 1);
        }
    }

    static Compose read(Path file) throws IOException {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        Map<String, Service> services = new LinkedHashMap<>();
        map(document.get("services")).forEach((name, value) -> services.put(name, service(name, map(value))));
        return new Compose(services, map(document.get("volumes")));
    }

    Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            throw new AssertionError("docker-compose.yml has no service " + name);
        }
        return service;
    }

    private static Service service(String name, Map<String, Object> given) {
        Map<String, String> waits = new TreeMap<>();
        map(given.get("depends_on"))
                .forEach((other, how) -> waits.put(other, String.valueOf(map(how).get("condition"))));
        Map<String, String> environment = new TreeMap<>();
        map(given.get("environment"))
                .forEach((key, value) -> environment.put(
                        key, VARIABLE.matcher(String.valueOf(value)).replaceAll("$1")));
        return new Service(
                name,
                String.valueOf(given.get("image")),
                list(given.get("command")),
                environment,
                given.containsKey("env_file") ? String.valueOf(given.get("env_file")) : "",
                list(given.get("ports")),
                list(given.get("volumes")),
                waits,
                String.valueOf(given.get("restart")),
                list(map(given.get("healthcheck")).get("test")),
                list(given.get("profiles")));
    }

    @SuppressWarnings("unchecked") // YAML of ours: a mapping has text for keys
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<String> list(@org.jspecify.annotations.Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> many) {
            many.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }
}
