/** The launcher's commands. */
@NullMarked
package io.faultprint.local;

import org.jspecify.annotations.NullMarked;
