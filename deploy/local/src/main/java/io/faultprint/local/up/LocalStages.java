package io.faultprint.local.up;

import io.faultprint.runtime.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The three stages, configured for one machine. */
final class LocalStages {

    /** Where the stages find the servers, and where ingest is to listen. */
    record Addressed(String kafka, String openSearch, int otlpPort) {}

    /** A stage and what it is called. */
    record Named(String name, Stage stage) {}

    private LocalStages() {}

    static List<Named> of(Plan plan, Addressed where, MeterRegistry meters) {
        return List.of();
    }

    static String door(List<Named> stages) {
        return "";
    }
}
