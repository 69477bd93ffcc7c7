/** What a notification looks like on the wire. */
@NullMarked
package io.faultprint.notify.form;

import org.jspecify.annotations.NullMarked;
