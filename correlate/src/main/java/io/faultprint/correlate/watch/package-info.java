/**
 * How correlate watches itself: what its tasks say of themselves, beside the wall clock. For operators only: nothing here
 * is ever read by what computes.
 */
@NullMarked
package io.faultprint.correlate.watch;

import org.jspecify.annotations.NullMarked;
