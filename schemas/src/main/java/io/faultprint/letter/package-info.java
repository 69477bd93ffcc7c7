/** Dead letters and late records: what a reader refuses, why, and how it is told, the same for every stage. */
@NullMarked
package io.faultprint.letter;

import org.jspecify.annotations.NullMarked;
