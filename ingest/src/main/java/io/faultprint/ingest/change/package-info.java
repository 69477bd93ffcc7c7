/** Changes as JSON objects, from whoever deploys, configures or flips a flag. */
@NullMarked
package io.faultprint.ingest.change;

import org.jspecify.annotations.NullMarked;
