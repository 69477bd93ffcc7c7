/** What Faultprint costs: every benchmark, under its name. */
@NullMarked
package io.faultprint.benchmarks;

import org.jspecify.annotations.NullMarked;
