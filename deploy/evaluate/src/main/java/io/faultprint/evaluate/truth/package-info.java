/** What really went wrong, as folders of telemetry say it. */
@NullMarked
package io.faultprint.evaluate.truth;

import org.jspecify.annotations.NullMarked;
