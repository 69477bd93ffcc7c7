/** Tests of the mechanics. */
@NullMarked
package io.faultprint.scenario.world;

import org.jspecify.annotations.NullMarked;
