package io.faultprint.scenario.plan;

import java.util.List;

/**
 * Changes that harm nobody: what a detector must not blame.
 *
 * @param everySeconds mean time between two
 * @param services where they happen
 * @param newLine a log line that a new version brings
 */
public record InnocentChanges(double everySeconds, List<String> services, String newLine) {}
