/** The stage that indexes everything and explains what is new: one diagnosis for each novel cluster. */
@NullMarked
package io.faultprint.diagnose;

import org.jspecify.annotations.NullMarked;
