/** What gets a diagnosis: one claim per cluster generation, made in Kafka before anything is paid for. */
@NullMarked
package io.faultprint.diagnose.gate;

import org.jspecify.annotations.NullMarked;
