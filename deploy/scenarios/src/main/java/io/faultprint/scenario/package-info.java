/** Ways out of a simulated world: played in real time against a running Faultprint, or written to files. */
@NullMarked
package io.faultprint.scenario;

import org.jspecify.annotations.NullMarked;
