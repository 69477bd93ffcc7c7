/** Avro in the Confluent wire format, behind one seam for where schema ids come from. */
@NullMarked
package io.faultprint.serde;

import org.jspecify.annotations.NullMarked;
