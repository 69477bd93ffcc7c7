/** Numbered facts from an incident: all that a hypothesis may cite. Pure. */
@NullMarked
package io.faultprint.diagnose.evidence;

import org.jspecify.annotations.NullMarked;
