@NullMarked
package io.faultprint.chaos.plan;

import org.jspecify.annotations.NullMarked;
