/** What would have been said, of telemetry whose truth is known. */
@NullMarked
package io.faultprint.evaluate;

import org.jspecify.annotations.NullMarked;
