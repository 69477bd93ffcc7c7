package io.faultprint.scenario.plan;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A system to simulate and the faults it may suffer, read from a folder and checked.
 *
 * @param name the folder's name for it
 * @param about one sentence
 * @param environment OpenTelemetry's deployment.environment.name
 * @param traffic what arrives
 * @param backends by name, in the order of the file
 * @param services by name, in the order of the file
 * @param innocentChanges red herrings, or null
 * @param faults which kinds can strike where: the deck of a run without a story
 * @param minutes how long a run of it is; 0 when that is left to whoever runs it
 * @param story what goes wrong in a run; empty when faults are dealt from the deck
 */
public record Scenario(
        String name,
        String about,
        String environment,
        Traffic traffic,
        Map<String, Backend> backends,
        Map<String, Service> services,
        @Nullable InnocentChanges innocentChanges,
        List<FaultSpec> faults,
        int minutes,
        List<StoryEntry> story) {

    /** The shop that comes with Faultprint. */
    public static Scenario shop() {
        return ScenarioReader.bundled("shop");
    }

    /** The names of all that come with Faultprint. */
    public static List<String> bundledNames() {
        return Bundled.names();
    }

    /**
     * One of those that come with Faultprint.
     *
     * @throws io.faultprint.runtime.UsageError when there is none of this name, naming those there are
     */
    public static Scenario bundled(String name) {
        return ScenarioReader.bundled(name);
    }

    /**
     * Reads {@code scenario.yaml} in the folder.
     *
     * @throws io.faultprint.runtime.UsageError when the file is missing or wrong, naming the place, the value and the mend
     */
    public static Scenario load(Path folder) {
        return ScenarioReader.folder(folder);
    }

    /** A service by name, which must exist: names are checked when the scenario is read. */
    public Service service(String service) {
        Service found = services.get(service);
        if (found == null) {
            throw new IllegalArgumentException("no service " + service);
        }
        return found;
    }

    /** The first backend of this kind that a service calls, or null. */
    public @Nullable String backendOf(String service, Backend.Kind kind) {
        for (Operation operation : service(service).operations().values()) {
            for (Call call : operation.calls()) {
                for (Call each = call; each != null; each = each.otherwise()) {
                    Backend backend = backends.get(each.to());
                    if (backend != null && backend.kind() == kind) {
                        return backend.name();
                    }
                }
            }
        }
        return null;
    }

    /** The service and everybody who calls it, directly or through others: where its failure can be seen. */
    public List<String> callersOf(String service) {
        var reached = new TreeSet<String>();
        Deque<String> open = new ArrayDeque<>(List.of(service));
        while (!open.isEmpty()) {
            String callee = open.remove();
            if (reached.add(callee)) {
                services.values().stream()
                        .filter(caller -> calls(caller, callee))
                        .forEach(caller -> open.add(caller.name()));
            }
        }
        return List.copyOf(reached);
    }

    private static boolean calls(Service caller, String callee) {
        return caller.operations().values().stream()
                .flatMap(operation -> operation.calls().stream())
                .anyMatch(call -> call.to().equals(callee));
    }
}
