/** Snapshots: what one service did in one window, what of it was a surprise, and the digest of both. Pure. */
@NullMarked
package io.faultprint.correlate.snapshot;

import org.jspecify.annotations.NullMarked;
