/** The HTTP door: OTLP and changes in, a status out. */
@NullMarked
package io.faultprint.ingest.http;

import org.jspecify.annotations.NullMarked;
