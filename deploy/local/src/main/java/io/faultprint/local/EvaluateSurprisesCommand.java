package io.faultprint.local;

import io.faultprint.evaluate.Evaluation;
import io.faultprint.evaluate.report.Figure;
import io.faultprint.evaluate.report.Report;
import io.faultprint.evaluate.score.Interval;
import io.faultprint.evaluate.score.SurpriseScore;
import io.faultprint.evaluate.truth.Case;
import io.faultprint.local.evaluate.CaseOptions;
import io.faultprint.local.evaluate.ReportOptions;
import io.faultprint.local.evaluate.Speed;
import io.faultprint.local.evaluate.Workspace;
import io.faultprint.runtime.ExitCode;
import io.faultprint.snapshot.SurpriseKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "surprises",
        header = "Which services of a fault looked abnormal, and how often healthy ones did.",
        description = "%nA window is abnormal from incidents.medium on. Five minutes after a fault belong to it.%n")
final class EvaluateSurprisesCommand implements Callable<Integer> {

    @Mixin
    private CaseOptions cases = new CaseOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private DataOption data = new DataOption();

    private final Terminal terminal;

    EvaluateSurprisesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Double> before = reports.before("surprises");
        Evaluation evaluation = cases.evaluation(cases.settings());
        double strength = evaluation.config().incidents().medium();
        try (Workspace workspace = Workspace.in(data.root())) {
            Speed speed = new Speed();
            List<Case> all = cases.cases(workspace.folder());
            List<SurpriseScore> scores = evaluation.over(
                    all,
                    (one, said) -> SurpriseScore.of(one, said, strength),
                    (one, said) -> terminal.status(speed.add(one, said)));
            Map<String, Map<String, Figure>> groups = new LinkedHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                groups.put(all.get(i).name(), figures(List.of(scores.get(i))));
            }
            Report report =
                    new Report("surprises", evaluation.config().fingerprint(), figures(scores), groups, speed.facts());
            terminal.lines(ReportOptions.groups("case", report, List.of("services shown", "healthy windows abnormal")));
            terminal.line("");
            terminal.lines(ReportOptions.total(report, before));
            reports.write(report);
        }
        return ExitCode.OK;
    }

    private static Map<String, Figure> figures(List<SurpriseScore> scores) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        Interval none = new Interval(0, 0);
        Interval alarms = scores.stream().map(SurpriseScore::alarms).reduce(none, Interval::plus);
        figures.put(
                "services shown",
                Figure.share(scores.stream().map(SurpriseScore::shown).reduce(none, Interval::plus)));
        figures.put("healthy windows abnormal", Figure.share(alarms));
        for (SurpriseKind kind : SurpriseKind.values()) {
            int count = scores.stream()
                    .mapToInt(score -> score.byKind().getOrDefault(kind, 0))
                    .sum();
            String name = "of them by " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            figures.put(name, Figure.number(count, alarms.hits()));
        }
        return figures;
    }
}
