package io.faultprint.chaos.world;

import io.faultprint.node.Nodes;
import io.faultprint.topic.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the stages are started: the launcher's own {@code run STAGE}, on the harness's servers. */
final class Stages {

    private final WorldSettings settings;
    private final String kafka;

    Stages(WorldSettings settings, String kafka) {
        this.settings = settings;
        this.kafka = kafka;
    }

    Slot ingest(int port, int admin) {
        Map<String, String> own = common(WorldSettings.RUN, admin);
        own.put("http.port", Integer.toString(port));
        own.put("kafka.delivery", "5s");
        own.put("state.dir", state("ingest").toString());
        return slot("ingest", "ingest", own);
    }

    Slot correlate(int number, int admin) {
        return correlate("correlate-" + number, WorldSettings.RUN, admin);
    }

    Slot correlate(String name, Run run, int admin) {
        Map<String, String> own = common(run, admin);
        own.put("streams.state-dir", state(name).toString());
        own.put("signals.learning-windows", "6");
        return slot(name, "correlate", own);
    }

    Slot diagnose(int admin, String store, String model) {
        Map<String, String> own = common(WorldSettings.RUN, admin);
        own.put("opensearch.url", store);
        own.put("opensearch.timeout", "15s");
        own.put("opensearch.create", "true");
        own.put("gate.owner", "diagnose");
        own.put("gate.hold", "2m");
        own.put("model.enabled", "true");
        own.put("model.url", model);
        own.put("model.name", "chaos");
        own.put("model.timeout", "5s");
        own.put("model.calls-per-hour", "1000");
        own.put("model.rest", "10s");
        return slot("diagnose", "diagnose", own);
    }

    Path state(String name) {
        return settings.directory().resolve("state").resolve(name);
    }

    private static Map<String, String> common(Run run, int admin) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!run.id().isEmpty()) {
            settings.put("run.id", run.id());
        }
        settings.put("partitions.events", Integer.toString(WorldSettings.PARTITIONS.events()));
        settings.put("partitions.incidents", Integer.toString(WorldSettings.PARTITIONS.incidents()));
        settings.put("window.size", WorldSettings.WINDOWS.sizeMillis() + "ms");
        settings.put("window.lateness", WorldSettings.WINDOWS.latenessMillis() + "ms");
        settings.put("admin.port", Integer.toString(admin));
        return settings;
    }

    private Slot slot(String name, String stage, Map<String, String> own) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Dfaultprint.root=" + System.getProperty(Nodes.ROOT_PROPERTY, ""),
                "-jar",
                settings.launcher().toString(),
                "run",
                stage,
                "--kafka.bootstrap-servers=" + kafka));
        own.forEach((key, value) -> command.add("--" + key + "=" + value));
        Path log = settings.directory().resolve("log").resolve(name + ".log");
        return new Slot(name, command, Map.of(), log);
    }
}
