package io.faultprint.scenario.world;

import io.faultprint.scenario.plan.InnocentChanges;
import io.faultprint.scenario.plan.PlannedChange;
import io.faultprint.scenario.signal.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out changes, guilty and innocent alike, and reports them as a deploy tool does. */
final class Changes {

    private final World world;

    Changes(World world) {
        this.world = world;
    }

    void carryOut(PlannedChange change) {
        ServiceNode service = Objects.requireNonNull(world.services.get(change.service()), change.service());
        if (change.versionAfter() != null) {
            service.version = change.versionAfter();
            service.newLine = change.kind().equals("deploy") ? newLine(change.versionAfter()) : null;
            world.cluster.roll(service);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", change.id());
        fields.put("kind", declared(change.kind()));
        fields.put("services", List.of(change.service()));
        fields.put("who", change.who());
        fields.put("what", change.what());
        put(fields, "versionBefore", change.versionBefore());
        put(fields, "versionAfter", change.versionAfter());
        fields.put("repository", "https://git.example/shop/" + change.service());
        fields.put("commits", change.commits());
        fields.put("changedPaths", change.changedPaths());
        fields.put("link", "https://deploys.example/" + change.id());
        fields.put("environment", world.scenario.environment());
        fields.put("time", world.iso());
        world.emit(new Signal.Change(world.nowEpoch(), change.service(), fields));
    }

    private @Nullable String newLine(String version) {
        InnocentChanges innocent = world.scenario.innocentChanges();
        if (innocent == null) {
            return null;
        }
        List<String> lines = innocent.newLines();
        return lines.get(Math.floorMod(version.hashCode(), lines.size()));
    }

    /** As the door for changes names kinds: a rollback is a deployment of the version before. */
    private static String declared(String kind) {
        return switch (kind) {
            case "flag" -> "feature_flag";
            case "rollback" -> "deploy";
            default -> kind;
        };
    }

    private static void put(Map<String, Object> fields, String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
    }
}
