/** One recording run in many ways, and whether all of them say the same. */
@NullMarked
package io.faultprint.local.determinism;

import org.jspecify.annotations.NullMarked;
