/** An OpenSearch node as a process of its own. Internal classes of the server are used here and nowhere else. */
@NullMarked
package io.faultprint.node.opensearch;

import org.jspecify.annotations.NullMarked;
