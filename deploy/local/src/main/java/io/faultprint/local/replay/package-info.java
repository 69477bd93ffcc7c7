/** A replay of recorded telemetry as a run of its own: driven, gathered, accounted for. */
@NullMarked
package io.faultprint.local.replay;

import org.jspecify.annotations.NullMarked;
