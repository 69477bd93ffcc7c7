/** JMH measurements of the hot paths. */
@NullMarked
package io.faultprint.benchmarks;

import org.jspecify.annotations.NullMarked;
