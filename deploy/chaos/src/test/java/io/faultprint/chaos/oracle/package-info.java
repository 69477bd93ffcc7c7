@NullMarked
package io.faultprint.chaos.oracle;

import org.jspecify.annotations.NullMarked;
