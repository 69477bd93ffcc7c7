package io.faultprint.local;

import io.faultprint.correlate.signature.LineSigner;
import io.faultprint.correlate.signature.SignatureLimits;
import io.faultprint.evaluate.report.Figure;
import io.faultprint.evaluate.report.Report;
import io.faultprint.evaluate.score.GroupingScore;
import io.faultprint.evaluate.truth.LabelledLines;
import io.faultprint.local.evaluate.ReportOptions;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "grouping",
        header = "How well lines of one meaning get one signature: GA, FGA and ARI of labelled log files.",
        description =
                "%nEach file is read in its order, once, by a catalogue that begins empty; merged signatures count as one.%n")
final class EvaluateGroupingCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV with the columns Content and EventId.")
    private List<Path> files = List.of();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    private final Terminal terminal;

    EvaluateGroupingCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Map<String, Double> before = reports.before("grouping");
        Map<String, Map<String, Figure>> groups = new LinkedHashMap<>();
        List<GroupingScore> scores = new ArrayList<>();
        for (Path file : files) {
            LabelledLines labelled = LabelledLines.of(file);
            if (labelled.lines().isEmpty()) {
                throw new UsageError(file + ": has no lines");
            }
            LineSigner signer = new LineSigner(SignatureLimits.DEFAULT);
            List<String> signed = labelled.lines().stream().map(signer::sign).toList();
            GroupingScore score = GroupingScore.of(
                    labelled.groups(), signed.stream().map(signer::current).toList());
            scores.add(score);
            Map<String, Figure> figures = new LinkedHashMap<>();
            figures.put("GA", Figure.number(score.ga(), score.lines()));
            figures.put("FGA", Figure.number(score.fga(), score.lines()));
            figures.put("ARI", Figure.number(score.ari(), score.lines()));
            figures.put("groups", Figure.number(score.found(), score.lines()));
            figures.put("true groups", Figure.number(score.real(), score.lines()));
            groups.put(file.getFileName().toString(), figures);
        }
        Map<String, Figure> total = new LinkedHashMap<>();
        total.put("mean GA", mean(scores, GroupingScore::ga));
        total.put("mean FGA", mean(scores, GroupingScore::fga));
        total.put("mean ARI", mean(scores, GroupingScore::ari));
        total.put(
                "worst GA",
                Figure.number(
                        scores.stream().mapToDouble(GroupingScore::ga).min().orElseThrow(), scores.size()));
        Report report = new Report("grouping", "", total, groups, Map.of());
        terminal.lines(ReportOptions.groups("file", report, List.of("GA", "FGA", "ARI", "groups", "true groups")));
        terminal.line("");
        terminal.lines(ReportOptions.total(report, before));
        reports.write(report);
        return ExitCode.OK;
    }

    private static Figure mean(List<GroupingScore> scores, ToDoubleFunction<GroupingScore> what) {
        return Figure.number(scores.stream().mapToDouble(what).average().orElseThrow(), scores.size());
    }
}
