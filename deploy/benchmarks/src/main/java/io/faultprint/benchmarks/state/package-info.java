/** What state costs: its bytes for each thing that it is of. */
@NullMarked
package io.faultprint.benchmarks.state;

import org.jspecify.annotations.NullMarked;
