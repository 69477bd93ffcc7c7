/** Doors that read foreign topics: consume, transform, produce in short transactions, with heartbeats inside them. */
@NullMarked
package io.faultprint.ingest.consume;

import org.jspecify.annotations.NullMarked;
