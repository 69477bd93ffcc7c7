/** The parent's side of a server that runs as a child process: how it is found, started, waited for and ended. */
@NullMarked
package io.faultprint.node;

import org.jspecify.annotations.NullMarked;
