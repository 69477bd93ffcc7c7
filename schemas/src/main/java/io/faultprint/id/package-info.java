/** Ids: hashes of named fields, never of a model's words. */
@NullMarked
package io.faultprint.id;

import org.jspecify.annotations.NullMarked;
