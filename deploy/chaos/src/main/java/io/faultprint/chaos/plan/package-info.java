/** What is done to Faultprint, and when; from a seed. */
@NullMarked
package io.faultprint.chaos.plan;

import org.jspecify.annotations.NullMarked;
