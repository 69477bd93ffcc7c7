/** What became of everything a door received. */
@NullMarked
package io.faultprint.ingest.loss;

import org.jspecify.annotations.NullMarked;
