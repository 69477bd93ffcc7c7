/** Families of incidents with the same failure fingerprint. */
@NullMarked
package io.faultprint.correlate.cluster;

import org.jspecify.annotations.NullMarked;
