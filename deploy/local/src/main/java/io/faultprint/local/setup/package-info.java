/** What Faultprint needs on a Kafka and an OpenSearch of the user's: looked at, and created on demand. */
@NullMarked
package io.faultprint.local.setup;

import org.jspecify.annotations.NullMarked;
