/** Tests of the ways out. */
@NullMarked
package io.faultprint.scenario;

import org.jspecify.annotations.NullMarked;
