package io.faultprint.scenario.plan;

import org.jspecify.annotations.Nullable;

/** What a place must have so that a kind of fault can strike there, and which backend is then part of the fault. */
enum Needs {
    NOTHING("") {
        @Override
        @Nullable
        String component(Scenario scenario, String service) {
            return null;
        }

        @Override
        boolean met(Scenario scenario, String service) {
            return true;
        }
    },
    DATABASE("calls no database") {
        @Override
        @Nullable
        String component(Scenario scenario, String service) {
            return scenario.backendOf(service, Backend.Kind.DATABASE);
        }
    },
    OUTSIDE("calls nothing outside") {
        @Override
        @Nullable
        String component(Scenario scenario, String service) {
            return scenario.backendOf(service, Backend.Kind.OUTSIDE);
        }
    },
    QUEUE("consumes no queue") {
        @Override
        @Nullable
        String component(Scenario scenario, String service) {
            return null;
        }

        @Override
        boolean met(Scenario scenario, String service) {
            return scenario.service(service).consumes() != null;
        }
    };

    private final String missing;

    Needs(String missing) {
        this.missing = missing;
    }

    /** The backend that is part of the fault, or null. */
    abstract @Nullable String component(Scenario scenario, String service);

    boolean met(Scenario scenario, String service) {
        return component(scenario, service) != null;
    }

    /** What a place lacks, in words. */
    String missing() {
        return missing;
    }
}
