package io.faultprint.scenario.plan;

import org.jspecify.annotations.Nullable;

/** What a place must have so that a kind of fault can strike there, and which backend is then part of the fault. */
enum Needs {
    NOTHING(""),
    DATABASE("calls no database"),
    OUTSIDE("calls nothing outside"),
    QUEUE("consumes no queue"),
    CACHE("calls no cache that stands before a database"),
    /** Where the service writes to no database, its own volume is full. */
    DISK(""),
    CALLS("calls nobody"),
    CALLERS("is called by nobody"),
    /** Where the service calls no provider, its own certificate has expired. */
    CERTIFICATE("calls nothing outside and is called by nobody"),
    JOURNEY("is reached by no journey");

    private final String missing;

    Needs(String missing) {
        this.missing = missing;
    }

    /** The backend that is part of the fault, or null. */
    @Nullable
    String component(Scenario scenario, String service) {
        return switch (this) {
            case DATABASE -> scenario.backendOf(service, Backend.Kind.DATABASE);
            case OUTSIDE, CERTIFICATE -> scenario.backendOf(service, Backend.Kind.OUTSIDE);
            case CACHE -> scenario.cacheOf(service);
            case DISK -> scenario.databaseWrittenBy(service);
            case NOTHING, QUEUE, CALLS, CALLERS, JOURNEY -> null;
        };
    }

    boolean met(Scenario scenario, String service) {
        boolean called = scenario.callersOf(service).size() > 1;
        return switch (this) {
            case NOTHING, DISK -> true;
            case DATABASE, OUTSIDE -> component(scenario, service) != null;
            case CACHE ->
                component(scenario, service) != null && scenario.backendOf(service, Backend.Kind.DATABASE) != null;
            case QUEUE -> scenario.service(service).consumes() != null;
            case CALLS ->
                scenario.service(service).operations().values().stream()
                        .anyMatch(operation -> !operation.calls().isEmpty());
            case CALLERS -> called;
            case CERTIFICATE -> called || component(scenario, service) != null;
            case JOURNEY -> !scenario.journeysTo(service).isEmpty();
        };
    }

    /** What a place lacks, in words. */
    String missing() {
        return missing;
    }
}
