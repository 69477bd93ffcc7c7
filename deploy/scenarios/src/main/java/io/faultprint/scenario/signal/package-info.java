/** What the simulated system sends, and how OTLP/JSON writes it. */
@NullMarked
package io.faultprint.scenario.signal;

import org.jspecify.annotations.NullMarked;
