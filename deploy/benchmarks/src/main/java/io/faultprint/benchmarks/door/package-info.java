/** The doors of ingest on a real broker: HTTP and foreign topics. */
@NullMarked
package io.faultprint.benchmarks.door;

import org.jspecify.annotations.NullMarked;
