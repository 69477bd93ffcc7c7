/** How each fault is brought about, and taken back. */
@NullMarked
package io.faultprint.chaos.fault;

import org.jspecify.annotations.NullMarked;
