package io.faultprint.local;

import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.diagnose.Diagnosing;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.evaluate.Evaluation;
import io.faultprint.evaluate.report.DiagnosisFigures;
import io.faultprint.evaluate.report.Report;
import io.faultprint.evaluate.score.DiagnosisScore;
import io.faultprint.evaluate.score.Owners;
import io.faultprint.evaluate.truth.Causes;
import io.faultprint.local.evaluate.CaseOptions;
import io.faultprint.local.evaluate.ReportOptions;
import io.faultprint.local.evaluate.Speed;
import io.faultprint.local.evaluate.Workspace;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.ExitCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "diagnosis",
        header = "What was said to be the cause, how sure it was, and what it cost, beside the true cause.",
        description = "%nRules diagnose, unless --diagnose model.enabled=true --diagnose model.url=URL --diagnose"
                + " model.name=NAME let a model do it: one call for each cluster that is new, within"
                + " model.calls-per-hour. Its key is read from FAULTPRINT_DIAGNOSE_MODEL_API_KEY.%n")
final class EvaluateDiagnosisCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "found", "with a hypothesis", "category @1", "category @3", "service @1", "both @1", "change named");

    @Mixin
    private CaseOptions cases = new CaseOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--diagnose",
            paramLabel = "KEY=VALUE",
            description = "A setting of diagnose, as in model.enabled=true; may be repeated.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--each", description = "Also a line for each fault, and for each diagnosis of none.")
    private boolean each;

    private final Terminal terminal;

    EvaluateDiagnosisCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Double> before = reports.before("diagnosis");
        Evaluation evaluation = cases.evaluation(cases.settings());
        Diagnosing diagnosing = new Diagnosing(config(), new SimpleMeterRegistry(), Clock.systemUTC());
        try (Workspace workspace = Workspace.in(data.root())) {
            Speed speed = new Speed();
            List<DiagnosisScore> scores = evaluation.over(
                    cases.cases(workspace.folder()),
                    (one, said) -> DiagnosisScore.of(one, said, Owners.DEFAULT, diagnosing.gate()),
                    (one, said) -> terminal.status(speed.add(one, said)));
            Map<String, String> facts = speed.facts();
            facts.put("engine", diagnosing.engine());
            Report report = new Report(
                    "diagnosis",
                    evaluation.config().fingerprint(),
                    DiagnosisFigures.total(scores),
                    DiagnosisFigures.kinds(scores),
                    facts);
            if (each) {
                scores.forEach(this::lines);
                terminal.line("");
            }
            if (!report.groups().isEmpty()) {
                terminal.lines(ReportOptions.groups("kind", report, COLUMNS));
                terminal.line("");
            }
            terminal.lines(ReportOptions.total(report, before));
            terminal.line("");
            terminal.lines(DiagnosisFigures.calibration(scores).lines());
            terminal.line("");
            report.facts().forEach((name, value) -> terminal.line(name + ": " + value));
            reports.write(report);
        }
        return ExitCode.OK;
    }

    private void lines(DiagnosisScore score) {
        score.faults()
                .forEach(told -> terminal.line("%s  %s  %s  %s (%s): %s"
                        .formatted(
                                score.caseName(),
                                Instant.ofEpochMilli(told.fault().time()),
                                told.fault().service(),
                                told.fault().type(),
                                told.fault().category().map(Causes::words).orElse("cause unknown"),
                                !told.found()
                                        ? "missed"
                                        : told.diagnosis()
                                                .map(EvaluateDiagnosisCommand::said)
                                                .orElse("not diagnosed"))));
        score.others()
                .forEach(diagnosis -> terminal.line("%s  %s  no fault: %s"
                        .formatted(score.caseName(), Instant.ofEpochMilli(diagnosis.getAsOf()), said(diagnosis))));
    }

    private static String said(Diagnosis diagnosis) {
        return diagnosis.getHypotheses().stream()
                .limit(3)
                .map(each -> "%s at %s %.2f"
                        .formatted(Causes.words(each.getCategory()), each.getService(), each.getConfidence()))
                .reduce((one, other) -> one + "; " + other)
                .orElse("inconclusive");
    }

    private DiagnoseConfig config() {
        List<String> flags = settings.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toList();
        return new ConfigLoader("diagnose", List.of(DiagnoseConfig.class))
                .load(flags, System.getenv())
                .get(DiagnoseConfig.class);
    }
}
