/** The correlate stage: from events to snapshots, and from snapshots to incidents. */
@NullMarked
package io.faultprint.correlate;

import org.jspecify.annotations.NullMarked;
