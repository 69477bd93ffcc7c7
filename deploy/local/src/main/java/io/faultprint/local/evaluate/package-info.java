/** The commands that judge what would have been said. */
@NullMarked
package io.faultprint.local.evaluate;

import org.jspecify.annotations.NullMarked;
