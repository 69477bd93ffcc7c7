package io.faultprint.evaluate.core;

import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SurpriseKind;
import java.util.List;

/**
 * What an evaluation remembers of a service's window: a day of fifty services has half a million of them.
 *
 * @param start epoch milliseconds
 * @param end epoch milliseconds, exclusive
 * @param judged whether it was covered and its service no longer being learned
 * @param strength how odd it looked
 * @param errors error lines and failed spans
 * @param surprises the strongest first
 * @param changes in it
 */
public record Window(
        String service,
        long start,
        long end,
        boolean judged,
        double strength,
        long errors,
        List<Oddity> surprises,
        List<Change> changes) {

    /** One surprise: what sort, how strong, and since when, epoch milliseconds. */
    public record Oddity(SurpriseKind kind, double score, long onset) {}

    /** One change: its id, and when, epoch milliseconds. */
    public record Change(String id, long time) {}

    public Window {
        surprises = List.copyOf(surprises);
        changes = List.copyOf(changes);
    }

    static Window of(Digest digest) {
        return new Window(
                digest.getService(),
                digest.getWindowStart(),
                digest.getWindowEnd(),
                digest.getCovered() && !digest.getLearning(),
                digest.getStrength(),
                digest.getErrorLogs() + digest.getSpanErrors(),
                digest.getSurprises().stream()
                        .map(each -> new Oddity(each.getKind(), each.getScore(), each.getOnset()))
                        .toList(),
                digest.getChanges().stream()
                        .map(change -> new Change(change.getId(), change.getTime()))
                        .toList());
    }
}
