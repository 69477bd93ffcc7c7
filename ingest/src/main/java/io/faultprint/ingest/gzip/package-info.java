/** Gzip streams, whole or refused. */
@NullMarked
package io.faultprint.ingest.gzip;

import org.jspecify.annotations.NullMarked;
