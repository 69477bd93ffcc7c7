/** One receiver: its own reader of the topics, its requests, and what to do when it does not answer. */
@NullMarked
package io.faultprint.notify.receiver;

import org.jspecify.annotations.NullMarked;
