/** Baselines: what a healthy service looks like, one series at a time, and how odd a value is beside it. Pure. */
@NullMarked
package io.faultprint.correlate.baseline;

import org.jspecify.annotations.NullMarked;
