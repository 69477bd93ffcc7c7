/** What the stage reads from its topics: decoded and within bounds, or refused with the reason. */
@NullMarked
package io.faultprint.diagnose.intake;

import org.jspecify.annotations.NullMarked;
