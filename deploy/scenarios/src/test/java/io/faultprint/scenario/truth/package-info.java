/** Tests of the mechanics. */
@NullMarked
package io.faultprint.scenario.truth;

import org.jspecify.annotations.NullMarked;
