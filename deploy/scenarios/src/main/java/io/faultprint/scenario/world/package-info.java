/**
 * The mechanics: requests travel a graph of services with workers, cores, pools, timeouts and retries. Telemetry is what
 * happens to be seen of that; nothing here draws a curve.
 */
@NullMarked
package io.faultprint.scenario.world;

import org.jspecify.annotations.NullMarked;
