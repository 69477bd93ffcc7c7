/** Faultprint against a real registry. */
@NullMarked
package io.faultprint.registry;

import org.jspecify.annotations.NullMarked;
