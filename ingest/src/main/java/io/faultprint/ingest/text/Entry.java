package io.faultprint.ingest.text;

import org.jspecify.annotations.Nullable;

/**
 * Lines that belong together.
 *
 * @param text all of them, without blank ones at the end
 * @param first the first of them
 * @param stamp the time in the first; null when it has none
 * @param cutLines how many lines were left out at the end
 * @param cutBytes how much was left out of its lines, because they were too long
 */
record Entry(String text, Line first, @Nullable Stamp stamp, int cutLines, long cutBytes) {}
