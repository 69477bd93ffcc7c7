/** What was said beside what was true. */
@NullMarked
package io.faultprint.evaluate.score;

import org.jspecify.annotations.NullMarked;
