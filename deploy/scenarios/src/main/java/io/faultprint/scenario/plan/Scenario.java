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
 * @param nodes what pods run on
 * @param telemetry how well it is watched
 * @param weather what moves in it without anybody's doing
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
        List<StoryEntry> story,
        Nodes nodes,
        Telemetry telemetry,
        Weather weather) {

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

    /** The same system, watched in another way. */
    public Scenario watched(Telemetry by) {
        return new Scenario(
                name,
                about,
                environment,
                traffic,
                backends,
                services,
                innocentChanges,
                faults,
                minutes,
                story,
                nodes,
                by,
                weather);
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

    /** The first database that a service writes to, or null. */
    @Nullable
    String databaseWrittenBy(String service) {
        return service(service).operations().values().stream()
                .flatMap(operation -> operation.calls().stream())
                .filter(call -> {
                    Backend backend = backends.get(call.to());
                    return call.writes() && backend != null && backend.kind() == Backend.Kind.DATABASE;
                })
                .map(Call::to)
                .findFirst()
                .orElse(null);
    }

    /** The first cache a service calls that has something behind it, or null. */
    @Nullable
    String cacheOf(String service) {
        return service(service).operations().values().stream()
                .flatMap(operation -> operation.calls().stream())
                .filter(call -> call.otherwise() != null)
                .map(Call::to)
                .findFirst()
                .orElse(null);
    }

    /** The journeys at the edge that come by a service. */
    public List<Traffic.Journey> journeysTo(String service) {
        return traffic.journeys().stream()
                .filter(journey -> reaches(traffic.entry(), journey.operation(), service))
                .toList();
    }

    private boolean reaches(String from, String operation, String service) {
        if (from.equals(service)) {
            return true;
        }
        Service caller = services.get(from);
        Operation asked = caller == null ? null : caller.operations().get(operation);
        return asked != null && asked.calls().stream().anyMatch(call -> reaches(call.to(), call.operation(), service));
    }

    /** The services with a pod on the same node (or in the same zone) as the first pod of this one, and their callers. */
    List<String> besides(String service, boolean zone) {
        var reached = new TreeSet<String>();
        String where = zone ? nodes.zone(service, 0) : nodes.of(service, 0);
        for (Service each : services.values()) {
            for (int i = 0; i < each.instances(); i++) {
                if (where.equals(zone ? nodes.zone(each.name(), i) : nodes.of(each.name(), i))) {
                    reached.addAll(callersOf(each.name()));
                }
            }
        }
        return List.copyOf(reached);
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
