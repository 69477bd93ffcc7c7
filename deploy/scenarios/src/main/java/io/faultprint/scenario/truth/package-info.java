/** What a run's faults made visible, found by comparing the run with the same run without the fault. */
@NullMarked
package io.faultprint.scenario.truth;

import org.jspecify.annotations.NullMarked;
