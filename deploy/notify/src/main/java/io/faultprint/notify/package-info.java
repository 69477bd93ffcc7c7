/** The notify stage: tells receivers outside of Faultprint of incidents and their diagnoses. */
@NullMarked
package io.faultprint.notify;

import org.jspecify.annotations.NullMarked;
