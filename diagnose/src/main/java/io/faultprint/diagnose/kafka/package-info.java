/** Kafka clients set up the way this stage needs them. */
@NullMarked
package io.faultprint.diagnose.kafka;

import org.jspecify.annotations.NullMarked;
