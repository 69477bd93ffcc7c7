package io.faultprint.chaos;

import io.faultprint.chaos.oracle.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run came to.
 *
 * @param faults how often each fault happened, by its word
 * @param findings what the oracle says of each promise
 * @param incidents how many there were, in any state
 * @param diagnoses how many were settled
 */
public record ChaosReport(
        long seed, Map<String, Integer> faults, List<Finding> findings, long incidents, long diagnoses) {

    public ChaosReport {
        faults = Map.copyOf(faults);
        findings = List.copyOf(findings);
    }

    /** Whether every promise was kept. */
    public boolean kept() {
        return findings.stream().allMatch(Finding::holds);
    }

    /** One table. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder done = new StringBuilder();
        new TreeMap<>(faults)
                .forEach((word, times) ->
                        done.append(done.isEmpty() ? "" : ", ").append(word).append(times > 1 ? " ×" + times : ""));
        lines.add("seed " + seed + ": " + (done.isEmpty() ? "no faults" : done));
        int width = findings.stream()
                .mapToInt(finding -> finding.promise().length())
                .max()
                .orElse(0);
        for (Finding finding : findings) {
            String form = "  %-6s %-" + width + "s  %s";
            lines.add(form.formatted(finding.holds() ? "kept" : "BROKEN", finding.promise(), finding.detail()));
        }
        return lines;
    }
}
