package io.faultprint.scenario.plan;

import io.faultprint.runtime.UsageError;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks that every name in a scenario leads somewhere and that calls cannot run in circles. */
final class ScenarioCheck {

    private final String file;
    private final Scenario scenario;

    private ScenarioCheck(String file, Scenario scenario) {
        this.file = file;
        this.scenario = scenario;
    }

    static void check(String file, Scenario scenario) {
        var check = new ScenarioCheck(file, scenario);
        check.traffic();
        scenario.services().values().forEach(check::service);
        check.circles();
        check.faults();
    }

    private void traffic() {
        Traffic traffic = scenario.traffic();
        known("traffic.entry", traffic.entry(), scenario.services().keySet());
        Service entry = scenario.service(traffic.entry());
        traffic.journeys()
                .forEach(journey -> known(
                        "traffic.journeys.operation",
                        journey.operation(),
                        entry.operations().keySet()));
        if (scenario.innocentChanges() != null) {
            scenario.innocentChanges()
                    .services()
                    .forEach(each -> known(
                            "innocentChanges.services",
                            each,
                            scenario.services().keySet()));
        }
    }

    private void service(Service service) {
        String path = "services." + service.name();
        if (scenario.backends().containsKey(service.name())) {
            throw wrong(path, service.name(), "is also a backend: give one of them another name");
        }
        if (!service.version().matches("\\d+(\\.\\d+)*")) {
            throw wrong(path + ".version", service.version(), "must be numbers with dots, since deploys count it up");
        }
        Service.Consumes consumes = service.consumes();
        if (consumes != null) {
            backend(path + ".consumes.from", consumes.from(), Backend.Kind.QUEUE);
            known(
                    path + ".consumes.operation",
                    consumes.operation(),
                    service.operations().keySet());
        }
        for (Operation operation : service.operations().values()) {
            for (Call call : operation.calls()) {
                for (Call each = call; each != null; each = each.otherwise()) {
                    call(path + ".operations." + operation.name() + ".calls", service, each);
                }
            }
        }
    }

    private void call(String path, Service from, Call call) {
        Service callee = scenario.services().get(call.to());
        Backend backend = scenario.backends().get(call.to());
        if (callee != null) {
            known(path + ".operation", call.operation(), callee.operations().keySet());
            if (call.otherwise() != null) {
                throw wrong(path + ".otherwise", call.to(), "belongs to calls of a cache");
            }
        } else if (backend == null) {
            throw wrong(path + ".to", call.to(), "must be a service or a backend of this file");
        } else if (backend.kind() == Backend.Kind.DATABASE && from.pool() == null) {
            throw wrong(path + ".to", call.to(), "is a database: give the service a pool");
        } else if (call.otherwise() != null && backend.kind() != Backend.Kind.CACHE) {
            throw wrong(path + ".otherwise", call.to(), "belongs to calls of a cache");
        }
    }

    private void circles() {
        for (Service service : scenario.services().values()) {
            Set<String> seen = new HashSet<>();
            Deque<String> open = new ArrayDeque<>(callees(service));
            while (!open.isEmpty()) {
                String callee = open.remove();
                if (callee.equals(service.name())) {
                    throw wrong("services." + service.name(), "calls", "lead back to itself: take one of them out");
                }
                if (seen.add(callee)) {
                    open.addAll(callees(scenario.service(callee)));
                }
            }
        }
    }

    private Collection<String> callees(Service service) {
        Set<String> callees = new HashSet<>();
        service.operations()
                .values()
                .forEach(operation -> operation.calls().stream()
                        .map(Call::to)
                        .filter(scenario.services()::containsKey)
                        .forEach(callees::add));
        return callees;
    }

    private void faults() {
        for (FaultSpec fault : scenario.faults()) {
            places("faults." + fault.kind().label() + ".places", fault.kind(), fault.places());
        }
        if (!scenario.story().isEmpty() && scenario.minutes() == 0) {
            throw wrong("minutes", "missing", "must say how long the story is");
        }
        for (int i = 0; i < scenario.story().size(); i++) {
            StoryEntry entry = scenario.story().get(i);
            String path = "story[" + i + "]";
            places(path + ".places", entry.kind(), entry.places());
            double end = (entry.at().high() + entry.lasts().high()) / 60_000;
            if (end > scenario.minutes()) {
                String value = String.format(Locale.ROOT, "at and lasts end after %.1f minutes", end);
                throw wrong(path, value, "must end within the " + scenario.minutes() + " minutes of the scenario");
            }
            if (entry.lasts().low() == 0) {
                throw wrong(path + ".lasts", "0s", "must be longer than nothing");
            }
        }
    }

    private void places(String path, FaultKind kind, List<String> places) {
        for (String place : places) {
            known(path, place, scenario.services().keySet());
            if (!kind.needs().met(scenario, place)) {
                throw wrong(path, place, kind.needs().missing() + ": name a service that does");
            }
        }
    }

    private void backend(String path, String name, Backend.Kind kind) {
        Backend backend = scenario.backends().get(name);
        if (backend == null || backend.kind() != kind) {
            throw wrong(path, name, "must be a backend of kind " + Section.label(kind));
        }
    }

    private void known(String path, String name, Collection<String> names) {
        if (!names.contains(name)) {
            throw wrong(path, name, "must be one of " + String.join(", ", names));
        }
    }

    private UsageError wrong(String path, String value, String mend) {
        return new UsageError(file + "." + path + ": " + value + ": " + mend);
    }
}
