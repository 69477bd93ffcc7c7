/** How far a door has come: its id and epoch on disk, its watermark, its heartbeats. */
@NullMarked
package io.faultprint.ingest.heartbeat;

import org.jspecify.annotations.NullMarked;
