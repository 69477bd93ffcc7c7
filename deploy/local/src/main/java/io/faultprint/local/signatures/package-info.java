/** What {@code faultprint signatures} shows: why a line has its signature, and what rules would change. */
@NullMarked
package io.faultprint.local.signatures;

import org.jspecify.annotations.NullMarked;
