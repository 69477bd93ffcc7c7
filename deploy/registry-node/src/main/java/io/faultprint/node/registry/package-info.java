/** A real registry that speaks Confluent's API, as a child process for tests. */
@NullMarked
package io.faultprint.node.registry;

import org.jspecify.annotations.NullMarked;
