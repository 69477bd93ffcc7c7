package io.faultprint.local;

import io.faultprint.evaluate.Evaluation;
import io.faultprint.evaluate.report.IncidentFigures;
import io.faultprint.evaluate.report.Report;
import io.faultprint.evaluate.score.FaultScore;
import io.faultprint.evaluate.score.IncidentScore;
import io.faultprint.evaluate.score.Owners;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.local.evaluate.CaseOptions;
import io.faultprint.local.evaluate.Changed;
import io.faultprint.local.evaluate.ReportOptions;
import io.faultprint.local.evaluate.Speed;
import io.faultprint.local.evaluate.Workspace;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "incidents",
        header = "Which faults became incidents, how soon, where they were said to have started, and what was false.",
        description =
                "%nA fault that was not found is a miss in every figure. Beside AS@1 stand simple rules that are told when the"
                        + " fault was. With --preview and --set: what a changed setting would have changed.%n")
final class EvaluateIncidentsCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "recall",
            "recall in 3 min",
            "AS@1 early",
            "AS@1",
            "AS@3",
            "highest error count @1",
            "highest z-score @1",
            "earliest surprise @1",
            "most recent change @1",
            "median delay, s",
            "incidents per fault found");

    @Mixin
    private CaseOptions cases = new CaseOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--preview",
            description =
                    "Compare with the settings as they are: incidents that come, go, split, join, and what they cost.")
    private boolean preview;

    @Option(names = "--each", description = "Also a line for each fault, and for each false incident.")
    private boolean each;

    private final Terminal terminal;

    EvaluateIncidentsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (preview && cases.settings().isEmpty()) {
            throw new UsageError("--preview: needs a changed setting, as in --set incidents.medium=4");
        }
        Map<String, Double> before = reports.before("incidents");
        Evaluation evaluation = cases.evaluation(cases.settings());
        double strength = evaluation.config().incidents().medium();
        try (Workspace workspace = Workspace.in(data.root())) {
            List<Case> all = cases.cases(workspace.folder());
            if (preview) {
                terminal.lines(Changed.lines(all, cases.evaluation(Map.of()), evaluation));
                return ExitCode.OK;
            }
            Speed speed = new Speed();
            List<IncidentScore> scores = evaluation.over(
                    all,
                    (one, said) -> IncidentScore.of(one, said, Owners.DEFAULT, strength),
                    (one, said) -> terminal.status(speed.add(one, said)));
            Report report = new Report(
                    "incidents",
                    evaluation.config().fingerprint(),
                    IncidentFigures.total(scores),
                    IncidentFigures.kinds(scores),
                    speed.facts());
            show(scores, report, before);
            reports.write(report);
        }
        return ExitCode.OK;
    }

    private void show(List<IncidentScore> scores, Report report, Map<String, Double> before) {
        if (each) {
            scores.forEach(score -> score.faults().forEach(fault -> terminal.line(line(fault))));
            scores.forEach(score -> score.others()
                    .forEach(other -> terminal.line("%s  false   %s  %s"
                            .formatted(
                                    score.caseName(),
                                    Instant.ofEpochMilli(other.opened()),
                                    other.last().getTitle()))));
            terminal.line("");
        }
        if (!report.groups().isEmpty()) {
            terminal.lines(ReportOptions.groups("kind", report, COLUMNS));
            terminal.line("");
        }
        terminal.lines(ReportOptions.total(report, before));
        terminal.line("");
        report.facts().forEach((name, value) -> terminal.line(name + ": " + value));
    }

    private static String line(FaultScore score) {
        String told = score.found()
                ? "found after %.0f s, place %s".formatted(score.delay().orElse(0L) / 1000.0, place(score.rank()))
                : "missed";
        return "%s  %s  %s  %s: %s"
                .formatted(
                        score.caseName(),
                        Instant.ofEpochMilli(score.fault().time()),
                        score.fault().service(),
                        score.fault().type(),
                        told);
    }

    private static String place(int rank) {
        return rank == Integer.MAX_VALUE ? "none" : Integer.toString(rank);
    }
}
