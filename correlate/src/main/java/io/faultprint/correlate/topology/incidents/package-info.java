/** The Kafka Streams application incidents: digests and ticks in, incidents and clusters out. Thin: order, state and routing are here, every judgement is in the pure packages. */
@NullMarked
package io.faultprint.correlate.topology.incidents;

import org.jspecify.annotations.NullMarked;
