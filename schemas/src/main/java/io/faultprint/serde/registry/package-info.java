/** Schema ids from a registry that speaks Confluent's API. */
@NullMarked
package io.faultprint.serde.registry;

import org.jspecify.annotations.NullMarked;
