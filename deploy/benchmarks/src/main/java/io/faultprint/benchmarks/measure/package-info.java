/** What every benchmark is made of: rounds in turn, medians with their spread, verdicts, facts of the machine, one report. */
@NullMarked
package io.faultprint.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
