package io.faultprint.scenario.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong in a story. Ranges are drawn from the seed of the run; times are milliseconds.
 *
 * @param kind what goes wrong
 * @param places where it can strike; one is drawn
 * @param size how strong, in the unit of the kind
 * @param at when it begins, from the start of the run
 * @param lasts how long
 * @param onset how long the effect takes to grow to its full size; 0 is at once
 * @param herring the kind of an innocent change shortly before it: deploy, flag or configuration; null for none
 */
public record StoryEntry(
        FaultKind kind,
        List<String> places,
        Between size,
        Between at,
        Between lasts,
        Between onset,
        @Nullable String herring) {}
