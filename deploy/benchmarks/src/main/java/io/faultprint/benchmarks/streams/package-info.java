/** The applications of correlate on a real broker, beside others that do less. */
@NullMarked
package io.faultprint.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
