/**
 * What a log line or an exception says once its variables are taken out: masking, the template tree, exceptions.
 *
 * <p>Pure and free of I/O, clocks and threads: the topology decides when a line is offered, this package only what it is.
 */
@NullMarked
package io.faultprint.correlate.signature;

import org.jspecify.annotations.NullMarked;
