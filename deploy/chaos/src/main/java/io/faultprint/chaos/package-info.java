/** All of Faultprint as processes on one machine, under load and faults; and what came of every event. */
@NullMarked
package io.faultprint.chaos;

import org.jspecify.annotations.NullMarked;
