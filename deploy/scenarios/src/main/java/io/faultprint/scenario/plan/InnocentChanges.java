package io.faultprint.scenario.plan;

import java.util.List;

/**
 * Changes that harm nobody: what a detector must not blame.
 *
 * @param everySeconds mean time between two
 * @param services where they happen
 * @param newLines log lines that new versions bring, one each
 */
public record InnocentChanges(double everySeconds, List<String> services, List<String> newLines) {}
