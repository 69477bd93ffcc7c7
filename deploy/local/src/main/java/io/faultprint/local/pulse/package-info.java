/** What the pulses of all instances amount to, for people: whether Faultprint as a whole sees. */
@NullMarked
package io.faultprint.local.pulse;

import org.jspecify.annotations.NullMarked;
