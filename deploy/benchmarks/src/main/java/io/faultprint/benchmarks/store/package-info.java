/** Indexing into a real OpenSearch node. */
@NullMarked
package io.faultprint.benchmarks.store;

import org.jspecify.annotations.NullMarked;
