/** Spans: joined to edges, and added up to partials per service, operation and window. Pure. */
@NullMarked
package io.faultprint.correlate.span;

import org.jspecify.annotations.NullMarked;
