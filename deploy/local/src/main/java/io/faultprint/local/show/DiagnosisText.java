package io.faultprint.local.show;

import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.Evidence;
import io.faultprint.diagnosis.Hypothesis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A diagnosis in plain words: hypotheses with confidence, the evidence that each cites, and what to look at next. */
public final class DiagnosisText {

    private static final int HYPOTHESES = 3;

    private final Style style;

    public DiagnosisText(Style style) {
        this.style = style;
    }

    /** The whole card. */
    public List<String> card(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("diagnosis") + " of " + diagnosis.getIncident() + "  " + style.dim(by(diagnosis)));
        switch (diagnosis.getState()) {
            case CLAIMED -> lines.add("  is being made");
            case FAILED -> lines.addAll(style.paragraph("failed", diagnosis.getSummary()));
            case INCONCLUSIVE -> lines.addAll(style.paragraph("open", diagnosis.getSummary()));
            case DIAGNOSED -> hypotheses(diagnosis, lines);
        }
        return lines;
    }

    /** One line: the likeliest hypothesis. */
    public String line(Diagnosis diagnosis) {
        return switch (diagnosis.getState()) {
            case CLAIMED -> "diagnosis is being made";
            case FAILED -> "diagnosis failed";
            case INCONCLUSIVE -> "diagnosis inconclusive";
            case DIAGNOSED ->
                diagnosis.getHypotheses().isEmpty()
                        ? "diagnosed"
                        : first(diagnosis.getHypotheses().get(0));
        };
    }

    private void hypotheses(Diagnosis diagnosis, List<String> lines) {
        Map<String, Evidence> evidence = diagnosis.getEvidence().stream()
                .collect(Collectors.toMap(Evidence::getId, Function.identity(), (a, b) -> a, HashMap::new));
        List<Hypothesis> all = diagnosis.getHypotheses();
        for (Hypothesis hypothesis : all.subList(0, Math.min(HYPOTHESES, all.size()))) {
            lines.addAll(style.paragraph(IncidentText.percent(hypothesis.getConfidence()), claim(hypothesis)));
            List<String> shown = new ArrayList<>();
            for (String id : hypothesis.getEvidence()) {
                Evidence cited = evidence.remove(id);
                if (cited == null) {
                    shown.add(id);
                } else {
                    lines.addAll(style.paragraph("", id + "  " + cited.getText()));
                }
            }
            if (!shown.isEmpty()) {
                lines.addAll(style.paragraph("", "and " + String.join(", ", shown) + " as above"));
            }
            for (String check : hypothesis.getNextChecks()) {
                lines.addAll(style.paragraph("", "next: " + check));
            }
        }
    }

    /** What is claimed; the evidence that stands below it says the rest of the statement once more. */
    private static String claim(Hypothesis hypothesis) {
        String statement = hypothesis.getStatement();
        int end = statement.indexOf("; ");
        return end < 0 ? statement : statement.substring(0, end);
    }

    private static String first(Hypothesis hypothesis) {
        return IncidentText.percent(hypothesis.getConfidence()) + " " + claim(hypothesis);
    }

    private static String by(Diagnosis diagnosis) {
        String model = diagnosis.getModel();
        String engine =
                diagnosis.getEngine().equals("rules") ? "by rules, no model asked" : "by " + diagnosis.getEngine();
        return model == null
                ? engine
                : engine + " " + model + ", " + Words.count(diagnosis.getModelCalls(), "model call");
    }
}
