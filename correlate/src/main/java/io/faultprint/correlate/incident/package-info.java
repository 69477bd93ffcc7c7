/** From digests to incidents: what is abnormal, what belongs together, when it is over, and what of it is worth saying. */
@NullMarked
package io.faultprint.correlate.incident;

import org.jspecify.annotations.NullMarked;
