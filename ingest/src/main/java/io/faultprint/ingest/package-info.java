/** Ingest: the doors through which telemetry and changes come in, and the promise of how far each door has come. */
@NullMarked
package io.faultprint.ingest;

import org.jspecify.annotations.NullMarked;
