/** Event time: what each partition, source and task knows of how far it has come. Pure; a function of the records read. */
@NullMarked
package io.faultprint.correlate.watermark;

import org.jspecify.annotations.NullMarked;
