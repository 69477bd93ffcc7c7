/** The engine without a model: a table of rules from evidence to hypotheses. Pure. */
@NullMarked
package io.faultprint.diagnose.rules;

import org.jspecify.annotations.NullMarked;
