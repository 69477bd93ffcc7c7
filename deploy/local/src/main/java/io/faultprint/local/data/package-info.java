/** The data directory: who holds it, what is where, and at which addresses. */
@NullMarked
package io.faultprint.local.data;

import org.jspecify.annotations.NullMarked;
