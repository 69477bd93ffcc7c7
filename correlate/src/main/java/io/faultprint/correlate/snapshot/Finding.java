package io.faultprint.correlate.snapshot;

import io.faultprint.snapshot.Surprise;

/**
 * A surprise and what it weighs.
 *
 * @param surprise with its own score
 * @param family what it tends to come together with
 * @param weight its score less what trying so many series of the family takes away (Bonferroni)
 */
record Finding(Surprise surprise, Family family, double weight) {}
