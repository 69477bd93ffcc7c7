@NullMarked
package io.faultprint.chaos.endpoint;

import org.jspecify.annotations.NullMarked;
