/** The service graph: who calls whom, as spans have shown it. */
@NullMarked
package io.faultprint.correlate.graph;

import org.jspecify.annotations.NullMarked;
