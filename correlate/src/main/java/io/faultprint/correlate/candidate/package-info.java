/** Which service and signal an incident may have started from, ranked without a model, with reasons in words. */
@NullMarked
package io.faultprint.correlate.candidate;

import org.jspecify.annotations.NullMarked;
