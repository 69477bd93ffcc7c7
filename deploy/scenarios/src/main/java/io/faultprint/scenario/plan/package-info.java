/** What a scenario is (a folder, read and checked) and what a run of it will do when (its timetable). */
@NullMarked
package io.faultprint.scenario.plan;

import org.jspecify.annotations.NullMarked;
