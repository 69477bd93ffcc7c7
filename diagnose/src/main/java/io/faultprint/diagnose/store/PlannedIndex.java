package io.faultprint.diagnose.store;

/**
 * One thing that OpenSearch must have, and whether it has it.
 *
 * @param kind {@code template} of dated indices, or {@code alias} with the index behind it
 * @param name its name
 * @param what what it is for
 * @param there whether it is there
 */
public record PlannedIndex(String kind, String name, String what, boolean there) {}
