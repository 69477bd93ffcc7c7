/** OpenSearch as a view of the topics: documents, indices, bulk writes settled item by item, and reading back. OpenSearch types stay in here. */
@NullMarked
package io.faultprint.diagnose.store;

import org.jspecify.annotations.NullMarked;
