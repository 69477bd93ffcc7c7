package io.faultprint.correlate.snapshot;

import io.faultprint.correlate.state.ServiceRow;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Snapshot;

/**
 * What came of judging one service in one window.
 *
 * @param service the service's row with this window counted in
 */
public record Assessment(Snapshot snapshot, Digest digest, ServiceRow service) {}
