package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Lines of two dozen styles, written for this project, with the groups that a person sees in them. Each style is a
 * service of its own. What is wrong today is known and named in RATIONALE.md; nothing more may become so.
 */
class LabelledLinesTest {

    @Test
    void linesOfOneMeaningMeetAndOthersDoNot() throws IOException {
        List<LabelledLine> lines = LabelledLine.all();
        Map<String, LineSigner> services = new LinkedHashMap<>();
        List<String> signed = new ArrayList<>();
        for (LabelledLine line : lines) {
            signed.add(services.computeIfAbsent(line.style(), style -> new LineSigner(SignatureLimits.DEFAULT))
                    .sign(line.text()));
        }
        List<String> labels = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            LabelledLine line = lines.get(i);
            LineSigner service = services.getOrDefault(line.style(), new LineSigner(SignatureLimits.DEFAULT));
            labels.add(line.style() + "/" + line.label());
            signatures.add(line.style() + "/" + service.current(signed.get(i)));
        }

        Grouping grouping = Grouping.score(labels, signatures);

        String wrong = wrong(lines, labels, signatures);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(400);
        assertThat(services).hasSizeGreaterThanOrEqualTo(12);
        assertThat(grouping.accuracy()).as("GA; wrong:%n%s", wrong).isGreaterThanOrEqualTo(0.96);
        assertThat(grouping.f1()).as("FGA; wrong:%n%s", wrong).isGreaterThanOrEqualTo(0.95);
        assertThat(grouping.randIndex()).as("ARI; wrong:%n%s", wrong).isGreaterThanOrEqualTo(0.97);
    }

    /** Every group that is not exactly one signature's, with its lines. */
    private static String wrong(List<LabelledLine> lines, List<String> labels, List<String> signatures) {
        Map<String, Set<Integer>> groups = new LinkedHashMap<>();
        Map<String, Set<Integer>> found = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            groups.computeIfAbsent(labels.get(i), label -> new LinkedHashSet<>())
                    .add(i);
            found.computeIfAbsent(signatures.get(i), signature -> new LinkedHashSet<>())
                    .add(i);
        }
        StringBuilder wrong = new StringBuilder();
        groups.forEach((label, members) -> {
            if (!found.containsValue(members)) {
                wrong.append(label).append('\n');
                members.forEach(i -> wrong.append("  ")
                        .append(signatures.get(i))
                        .append("  ")
                        .append(lines.get(i).text())
                        .append('\n'));
            }
        });
        return wrong.toString();
    }
}
