/** What would become of a foreign topic's records: how their fields map, what is wrong, and what mends it. Pure. */
@NullMarked
package io.faultprint.ingest.preview;

import org.jspecify.annotations.NullMarked;
