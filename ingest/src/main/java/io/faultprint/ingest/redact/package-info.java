/** Secrets and personal data become short stable tokens. Pure. */
@NullMarked
package io.faultprint.ingest.redact;

import org.jspecify.annotations.NullMarked;
