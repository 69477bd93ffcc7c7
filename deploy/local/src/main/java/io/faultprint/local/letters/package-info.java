/** Dead letters and late records: read from their topics, explained, and sent back to where they came from. */
@NullMarked
package io.faultprint.local.letters;

import org.jspecify.annotations.NullMarked;
