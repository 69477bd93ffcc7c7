/** Topics, their keys and partitions: the typed catalogue of everything that Faultprint reads and writes in Kafka. */
@NullMarked
package io.faultprint.topic;

import org.jspecify.annotations.NullMarked;
