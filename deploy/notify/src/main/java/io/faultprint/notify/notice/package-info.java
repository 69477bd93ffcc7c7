/** What is worth telling: a function of a record, the one before it, and what is known of its cluster. Knows no Kafka and no clock. */
@NullMarked
package io.faultprint.notify.notice;

import org.jspecify.annotations.NullMarked;
