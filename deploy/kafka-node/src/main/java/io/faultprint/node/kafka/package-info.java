/** A Kafka broker and controller as a process of its own. Internal classes of the server are used here and nowhere else. */
@NullMarked
package io.faultprint.node.kafka;

import org.jspecify.annotations.NullMarked;
