/** The parts of a configuration that every stage has: broker, run, partitions, windows. */
@NullMarked
package io.faultprint.settings;

import org.jspecify.annotations.NullMarked;
