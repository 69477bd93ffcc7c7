/** The signals application: events to snapshots and digests. Thin processors over the pure packages. */
@NullMarked
package io.faultprint.correlate.topology.signals;

import org.jspecify.annotations.NullMarked;
