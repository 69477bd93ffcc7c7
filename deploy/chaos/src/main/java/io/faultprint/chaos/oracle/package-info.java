/** What came of every event, from the topics and indices, against what was sent. */
@NullMarked
package io.faultprint.chaos.oracle;

import org.jspecify.annotations.NullMarked;
