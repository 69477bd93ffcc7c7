/** The small runtime every stage shares: configuration, life cycle, health and metrics endpoints, exit codes. */
@NullMarked
package io.faultprint.runtime;

import org.jspecify.annotations.NullMarked;
