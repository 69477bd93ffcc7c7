/** How Faultprint speaks on a terminal: incidents, diagnoses, tables, times. Pure: records in, lines out. */
@NullMarked
package io.faultprint.local.show;

import org.jspecify.annotations.NullMarked;
