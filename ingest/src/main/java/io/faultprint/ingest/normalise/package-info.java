/** From OpenTelemetry messages to our events. Pure: no clock, no Kafka, no I/O. */
@NullMarked
package io.faultprint.ingest.normalise;

import org.jspecify.annotations.NullMarked;
