/** Rows that an algorithm keeps between windows, and the seam through which a topology makes them survive a crash. */
@NullMarked
package io.faultprint.correlate.table;

import org.jspecify.annotations.NullMarked;
