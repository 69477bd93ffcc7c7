package io.faultprint.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of a configuration key that nobody sets, written as a user would write it: {@code "10s"}, {@code "16MiB"}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /** The text, read exactly like a text from a file, the environment or a flag. */
    String value();
}
