/** The worker that brings topics into the store, and the retention of what it wrote. */
@NullMarked
package io.faultprint.diagnose.index;

import org.jspecify.annotations.NullMarked;
