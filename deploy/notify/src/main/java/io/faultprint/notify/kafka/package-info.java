/** Clients, what is read from topics, and letters for what a receiver refuses. */
@NullMarked
package io.faultprint.notify.kafka;

import org.jspecify.annotations.NullMarked;
