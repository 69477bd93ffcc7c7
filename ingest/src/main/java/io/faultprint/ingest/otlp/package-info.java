/** OpenTelemetry's wire formats, protobuf and JSON, as one set of messages. */
@NullMarked
package io.faultprint.ingest.otlp;

import org.jspecify.annotations.NullMarked;
