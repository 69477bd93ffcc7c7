/** Tests of scenario files and timetables. */
@NullMarked
package io.faultprint.scenario.plan;

import org.jspecify.annotations.NullMarked;
