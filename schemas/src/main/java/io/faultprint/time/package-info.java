/** Windows: how event time is cut. */
@NullMarked
package io.faultprint.time;

import org.jspecify.annotations.NullMarked;
