/** Correlate's topologies driven record by record, without a broker. */
@NullMarked
package io.faultprint.evaluate.core;

import org.jspecify.annotations.NullMarked;
