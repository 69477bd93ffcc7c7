/** Looks at foreign topics without a group and without committing anything. */
@NullMarked
package io.faultprint.local.preview;

import org.jspecify.annotations.NullMarked;
