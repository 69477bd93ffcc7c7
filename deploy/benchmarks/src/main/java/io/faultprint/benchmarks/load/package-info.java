/** The events that benchmarks work on: made here, the same every time. */
@NullMarked
package io.faultprint.benchmarks.load;

import org.jspecify.annotations.NullMarked;
