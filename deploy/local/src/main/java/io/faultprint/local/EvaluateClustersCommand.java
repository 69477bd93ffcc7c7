package io.faultprint.local;

import io.faultprint.evaluate.Evaluation;
import io.faultprint.evaluate.report.Figure;
import io.faultprint.evaluate.report.Report;
import io.faultprint.evaluate.score.ClusterScore;
import io.faultprint.evaluate.score.FaultScore;
import io.faultprint.evaluate.score.IncidentScore;
import io.faultprint.evaluate.score.Owners;
import io.faultprint.local.evaluate.CaseOptions;
import io.faultprint.local.evaluate.ReportOptions;
import io.faultprint.local.evaluate.Speed;
import io.faultprint.local.evaluate.Workspace;
import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "clusters",
        header = "Whether failures of one kind were filed together, and what was called new.",
        description =
                "%nOf the faults that were found. A kind is a service and a type; a repeat that is called new costs a"
                        + " diagnosis, a new one that is not is never diagnosed.%n")
final class EvaluateClustersCommand implements Callable<Integer> {

    @Mixin
    private CaseOptions cases = new CaseOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private DataOption data = new DataOption();

    private final Terminal terminal;

    EvaluateClustersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Double> before = reports.before("clusters");
        Evaluation evaluation = cases.evaluation(cases.settings());
        double strength = evaluation.config().incidents().medium();
        try (Workspace workspace = Workspace.in(data.root())) {
            Speed speed = new Speed();
            List<IncidentScore> scores = evaluation.over(
                    cases.cases(workspace.folder()),
                    (one, said) -> IncidentScore.of(one, said, Owners.DEFAULT, strength),
                    (one, said) -> terminal.status(speed.add(one, said)));
            List<FaultScore> faults =
                    scores.stream().flatMap(score -> score.faults().stream()).toList();
            Map<String, Map<String, Figure>> groups = new LinkedHashMap<>();
            scores.forEach(score -> groups.put(score.caseName(), figures(ClusterScore.of(score.faults()))));
            Report report = new Report(
                    "clusters",
                    evaluation.config().fingerprint(),
                    figures(ClusterScore.of(faults)),
                    groups,
                    speed.facts());
            terminal.lines(ReportOptions.groups(
                    "case", report, List.of("faults filed", "clusters", "purity", "false novelty", "missed novelty")));
            terminal.line("");
            terminal.lines(ReportOptions.total(report, before));
            reports.write(report);
        }
        return ExitCode.OK;
    }

    private static Map<String, Figure> figures(ClusterScore score) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("faults filed", Figure.number(score.found(), score.found()));
        figures.put("clusters", Figure.number(score.clusters(), score.found()));
        figures.put("purity", Figure.number(score.purity(), score.found()));
        figures.put("false novelty", Figure.share(score.falseNovelty()));
        figures.put("missed novelty", Figure.share(score.missedNovelty()));
        return figures;
    }
}
