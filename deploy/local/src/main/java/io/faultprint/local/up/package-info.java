/** One local Faultprint: its children, its topics, its stages. */
@NullMarked
package io.faultprint.local.up;

import org.jspecify.annotations.NullMarked;
