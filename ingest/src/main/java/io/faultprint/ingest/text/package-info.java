/** Lines of plain log files to log records: times, levels, fields, and the lines that belong together. Pure, no I/O. */
@NullMarked
package io.faultprint.ingest.text;

import org.jspecify.annotations.NullMarked;
