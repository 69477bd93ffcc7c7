/** The replay door: recorded OTLP/JSON lines, in event time, at a pace or as fast as they can be read. */
@NullMarked
package io.faultprint.ingest.replay;

import org.jspecify.annotations.NullMarked;
