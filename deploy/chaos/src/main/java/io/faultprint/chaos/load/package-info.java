/** Senders whose every event is stamped, and the book of what was acknowledged. */
@NullMarked
package io.faultprint.chaos.load;

import org.jspecify.annotations.NullMarked;
