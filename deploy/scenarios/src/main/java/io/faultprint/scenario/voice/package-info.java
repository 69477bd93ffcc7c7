/** How services speak: the values in their messages, their exceptions, and the form of their lines. */
@NullMarked
package io.faultprint.scenario.voice;

import org.jspecify.annotations.NullMarked;
