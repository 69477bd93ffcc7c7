package io.faultprint.local.up;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.diagnose.DiagnoseStage;
import io.faultprint.ingest.IngestConfig;
import io.faultprint.ingest.IngestStage;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The three stages, configured for one machine. What the launcher does not decide can be set in the environment, as for
 * a stage of its own: {@code FAULTPRINT_DIAGNOSE_MODEL_ENABLED=true}.
 */
final class LocalStages {

    /** Where the stages find the servers, and where ingest is to listen. */
    record Addressed(String kafka, String openSearch, int otlpPort) {}

    /** A stage and what it is called. */
    record Named(String name, Stage stage) {}

    private final IngestStage ingest;
    private final List<Named> all;
    private final boolean door;

    LocalStages(Plan plan, Addressed where, Map<String, String> environment, MeterRegistry meters) {
        Map<String, String> common = common(plan, where.kafka());
        IngestConfig ingestConfig = load(
                "ingest",
                IngestConfig.class,
                with(
                        with(common, plan.files()),
                        Map.of(
                                "http.port", Integer.toString(where.otlpPort()),
                                "state.dir",
                                        plan.data().root().resolve("ingest").toString())),
                environment);
        CorrelateConfig correlateConfig = load(
                "correlate",
                CorrelateConfig.class,
                with(common, Map.of("streams.state-dir", plan.data().streams().toString())),
                environment);
        DiagnoseConfig diagnoseConfig = load(
                "diagnose",
                DiagnoseConfig.class,
                with(
                        common,
                        Map.of(
                                "opensearch.url",
                                where.openSearch(),
                                "opensearch.create",
                                Boolean.toString(plan.own() == null))),
                environment);
        this.ingest = new IngestStage(ingestConfig, meters);
        // In the order of the flow's end to its beginning: stopped the other way round, nothing waits for a reader.
        List<Named> stages = new ArrayList<>();
        stages.add(new Named("diagnose", new DiagnoseStage(diagnoseConfig, meters)));
        stages.add(new Named("correlate", new CorrelateStage(correlateConfig, meters)));
        if (plan.door()) {
            stages.add(new Named("ingest", ingest));
        }
        this.all = List.copyOf(stages);
        this.door = plan.door();
    }

    List<Named> all() {
        return all;
    }

    /** Where senders reach ingest, once it is started; empty without a door. */
    String door() {
        return !door ? "" : "http://127.0.0.1:" + ingest.port();
    }

    static Map<String, String> common(Plan plan, String kafka) {
        return plan.settings(kafka);
    }

    private static <C extends Record> C load(
            String stage, Class<C> type, Map<String, String> settings, Map<String, String> environment) {
        List<String> flags = new ArrayList<>();
        settings.forEach((key, value) -> flags.add("--" + key + "=" + value));
        return new ConfigLoader(stage, List.of(type)).load(flags, environment).get(type);
    }

    private static Map<String, String> with(Map<String, String> common, Map<String, String> own) {
        Map<String, String> both = new LinkedHashMap<>(common);
        both.putAll(own);
        return both;
    }
}
