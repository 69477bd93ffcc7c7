/** The file door: follows log files over rotation, truncation and restarts, and says how far it has come. */
@NullMarked
package io.faultprint.ingest.file;

import org.jspecify.annotations.NullMarked;
