/** What foreign shippers write into topics, one class per format, as the OTLP requests that the normaliser takes. Pure. */
@NullMarked
package io.faultprint.ingest.foreign;

import org.jspecify.annotations.NullMarked;
