/** Into Kafka: events by key, and dead letters with their original bytes; nothing counts before it is acknowledged. */
@NullMarked
package io.faultprint.ingest.produce;

import org.jspecify.annotations.NullMarked;
