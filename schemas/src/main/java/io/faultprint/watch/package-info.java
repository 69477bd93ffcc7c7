/** How an instance of a stage says whether it sees: as pulses in a topic, and as metrics. */
@NullMarked
package io.faultprint.watch;

import org.jspecify.annotations.NullMarked;
