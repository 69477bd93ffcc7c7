/** The replay door: recorded OTLP/JSON lines, in event time, as fast as they can be read. */
@NullMarked
package io.faultprint.ingest.replay;

import org.jspecify.annotations.NullMarked;
