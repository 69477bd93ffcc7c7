@NullMarked
package io.faultprint.chaos;

import org.jspecify.annotations.NullMarked;
