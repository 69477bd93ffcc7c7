/** What an engine is asked and what it may answer; and what stands before one that costs money: budget, retries, breaker. */
@NullMarked
package io.faultprint.diagnose.engine;

import org.jspecify.annotations.NullMarked;
