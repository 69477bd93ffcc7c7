/** Two servers that misbehave when told to: a proxy before a real OpenSearch node, and a language model. */
@NullMarked
package io.faultprint.chaos.endpoint;

import org.jspecify.annotations.NullMarked;
