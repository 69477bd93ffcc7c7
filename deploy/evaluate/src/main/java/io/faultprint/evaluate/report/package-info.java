/** Scores as tables for people and as one JSON document for programs. */
@NullMarked
package io.faultprint.evaluate.report;

import org.jspecify.annotations.NullMarked;
