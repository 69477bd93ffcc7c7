package io.faultprint.ingest.file;

import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.UsageError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files that are read in one way: keys {@code files.NAME.*}.
 *
 * @param name of the group
 * @param globs which files
 * @param service whose lines they hold
 * @param environment it runs in; empty for the default one
 * @param zone of times that name none
 * @param fromBeginning whether files that stand there at the first start are read from their beginning, not from their end
 */
public record FileGroup(
        String name, List<Glob> globs, ServiceName service, String environment, ZoneId zone, boolean fromBeginning) {

    private static final Set<String> KEYS = Set.of("paths", "service", "service-from", "environment", "zone", "start");
    private static final int LONGEST = 256;

    /** A comma, but not one within braces: {@code *.{log,txt}} is one glob. */
    private static final String BETWEEN_PATHS = ",(?![^{]*})";

    public FileGroup {
        globs = List.copyOf(globs);
    }

    /**
     * The groups that these settings make.
     *
     * @param settings values by {@code NAME.KEY}
     * @throws UsageError when a key is unknown or a value is wrong
     */
    public static List<FileGroup> of(Map<String, String> settings) {
        Map<String, Map<String, String>> groups = new TreeMap<>();
        new TreeMap<>(settings).forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            String last = key.substring(dot + 1);
            if (dot <= 0 || !KEYS.contains(last)) {
                String near = Spelling.nearest(last, KEYS)
                        .map(word -> " (did you mean " + word + "?)")
                        .orElse("");
                throw new UsageError("files." + key + ": unknown key" + near + "; files.NAME has paths, service, "
                        + "service-from, environment, zone and start");
            }
            groups.computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                    .put(last, value.strip());
        });
        List<FileGroup> all = new ArrayList<>();
        groups.forEach((name, values) -> all.add(of(name, values)));
        return List.copyOf(all);
    }

    private static FileGroup of(String name, Map<String, String> values) {
        String prefix = "files." + name + ".";
        List<Glob> globs = new ArrayList<>();
        for (String path : values.getOrDefault("paths", "").split(BETWEEN_PATHS, -1)) {
            if (!path.isBlank()) {
                globs.add(Glob.of(prefix + "paths", path.strip()));
            }
        }
        if (globs.isEmpty()) {
            throw new UsageError(prefix + "paths: must be set (globs of files, joined by commas)");
        }
        return new FileGroup(
                name,
                globs,
                service(prefix, values),
                environment(prefix, values),
                zone(prefix, values),
                start(prefix, values));
    }

    private static ServiceName service(String prefix, Map<String, String> values) {
        String service = values.getOrDefault("service", "");
        String from = values.getOrDefault("service-from", "");
        if (service.isEmpty() == from.isEmpty()) {
            throw new UsageError(prefix + "service: give either it or " + prefix
                    + "service-from (file, folder, folder-2 …), so that every line has a service");
        }
        if (service.length() > LONGEST) {
            throw new UsageError(prefix + "service: has at most 256 characters");
        }
        return service.isEmpty() ? ServiceName.from(prefix + "service-from", from) : new ServiceName.Fixed(service);
    }

    private static String environment(String prefix, Map<String, String> values) {
        String environment = values.getOrDefault("environment", "");
        if (environment.length() > LONGEST) {
            throw new UsageError(prefix + "environment: has at most 256 characters");
        }
        return environment;
    }

    private static ZoneId zone(String prefix, Map<String, String> values) {
        String zone = values.getOrDefault("zone", "UTC");
        try {
            // Fixed offsets are read without looking a rule up.
            return ZoneId.of(zone).normalized();
        } catch (DateTimeException unknown) {
            throw new UsageError(
                    prefix + "zone " + zone + ": must be like UTC, +02:00 or Europe/Berlin (default UTC)", unknown);
        }
    }

    private static boolean start(String prefix, Map<String, String> values) {
        String start = values.getOrDefault("start", "end");
        return switch (start) {
            case "beginning" -> true;
            case "end" -> false;
            default -> throw new UsageError(prefix + "start " + start + ": must be beginning or end (default end)");
        };
    }

    /** How many files there are now; more come as they are made. */
    public int count() {
        Set<Path> files = new HashSet<>();
        globs.forEach(glob -> glob.visit((path, attributes) -> files.add(path), (path, failure) -> {}));
        return files.size();
    }

    String serviceOf(Path file) {
        return service.of(file);
    }

    /** What says whether this is still the group that checkpoints were written for. */
    String spelling() {
        String text =
                name + "=" + String.join(",", globs.stream().map(Glob::text).toList());
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
