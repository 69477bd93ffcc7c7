/** How long things take from end to end, in real time and at a rate that waits for nobody. */
@NullMarked
package io.faultprint.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
