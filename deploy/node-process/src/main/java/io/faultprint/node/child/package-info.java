/** The child's side: the arguments, the lock on its directory, its ports, and a life that ends with its parent's. */
@NullMarked
package io.faultprint.node.child;

import org.jspecify.annotations.NullMarked;
