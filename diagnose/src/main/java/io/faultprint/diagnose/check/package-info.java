/** Code decides what is believed: claims against cited evidence, confidence, and the words for people. Pure. */
@NullMarked
package io.faultprint.diagnose.check;

import org.jspecify.annotations.NullMarked;
