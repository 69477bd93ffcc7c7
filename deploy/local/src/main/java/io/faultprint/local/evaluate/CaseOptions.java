package io.faultprint.local.evaluate;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.evaluate.Evaluation;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.ingest.redact.TokenKey;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.UsageError;
import io.faultprint.scenario.plan.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is evaluated, and with which settings; the same in every command that replays telemetry. */
public final class CaseOptions {

    private static final Pattern SEEDS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int MOST_SEEDS = 1_000;

    @Parameters(
            arity = "0..*",
            paramLabel = "FOLDER",
            description = "Recorded telemetry (*.jsonl, *.jsonl.gz) with faults.json; or a scenario.yaml to simulate.")
    private List<Path> folders = List.of();

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "Scenarios to simulate, several joined by commas; all stands for all that have a story.")
    private List<String> scenarios = List.of();

    @Option(names = "--seeds", paramLabel = "N[-M]", description = "Seeds of each scenario (default ${DEFAULT-VALUE}).")
    private String seeds = "1";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of correlate, as in incidents.medium=4; may be repeated.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--threads", paramLabel = "N", description = "Cases at once (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Settings that were given. */
    public Map<String, String> settings() {
        return settings;
    }

    /** An evaluation with these settings of correlate. */
    public Evaluation evaluation(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("run.id", "evaluation"));
        all.putAll(changed);
        List<String> flags = all.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toList();
        if (threads < 1) {
            throw new UsageError("--threads " + threads + ": at least 1");
        }
        CorrelateConfig config = new ConfigLoader("correlate", List.of(CorrelateConfig.class))
                .load(flags, System.getenv())
                .get(CorrelateConfig.class);
        return new Evaluation(config, new TokenKey(TokenKey.LOCAL), threads);
    }

    /**
     * The folders that were named, and the scenarios, simulated into a folder each.
     *
     * @param nowhere where the scenarios go
     */
    public List<Case> cases(Path nowhere) throws IOException, InterruptedException {
        List<Case> cases = new ArrayList<>();
        List<Simulated> runs = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.exists(folder.resolve("scenario.yaml"))) {
                Scenario scenario = Scenario.load(folder);
                seedNumbers().forEach(seed -> runs.add(new Simulated(scenario.name(), scenario, seed)));
            } else {
                cases.add(Case.of(folder));
            }
        }
        for (String name : names()) {
            Scenario scenario = Scenario.bundled(name);
            seedNumbers().forEach(seed -> runs.add(new Simulated(name, scenario, seed)));
        }
        cases.addAll(Simulated.write(runs, nowhere, threads));
        if (cases.isEmpty()) {
            throw new UsageError("nothing to evaluate; name folders of telemetry with faults.json, or --scenario NAME ("
                    + String.join(", ", Scenario.bundledNames()) + ")");
        }
        return cases;
    }

    private List<String> names() {
        if (!scenarios.equals(List.of("all"))) {
            scenarios.forEach(CaseOptions::known);
            return scenarios;
        }
        return Scenario.bundledNames().stream()
                .filter(name -> !Scenario.bundled(name).story().isEmpty())
                .toList();
    }

    private static void known(String name) {
        if (!Scenario.bundledNames().contains(name)) {
            throw new UsageError("--scenario " + name + ": is no scenario"
                    + Spelling.nearest(name, Scenario.bundledNames())
                            .map(near -> " (did you mean " + near + "?)")
                            .orElse("")
                    + "; faultprint scenario list shows them");
        }
    }

    private List<Long> seedNumbers() {
        Matcher given = SEEDS.matcher(seeds);
        long first = given.matches() ? Long.parseLong(given.group(1)) : -1;
        long last = given.matches() && given.group(2) != null ? Long.parseLong(given.group(2)) : first;
        if (first < 0 || last < first || last - first >= MOST_SEEDS) {
            throw new UsageError("--seeds " + seeds + ": must be like 7 or 1-5, at most " + MOST_SEEDS);
        }
        List<Long> all = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
            all.add(seed);
        }
        return all;
    }
}
