/** The processes of one Faultprint on this machine: servers, stages, and who starts them again. */
@NullMarked
package io.faultprint.chaos.world;

import org.jspecify.annotations.NullMarked;
