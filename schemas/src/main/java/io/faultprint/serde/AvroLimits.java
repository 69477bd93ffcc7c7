package io.faultprint.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.avro.SystemLimitException;

/**
 * Bounds on what a damaged length in Avro bytes can ask for. Avro reads them from system properties once, when anything
 * first reads a string or a collection, which may be a builder that fills in a default; so they are set and, where Avro
 * was faster, read again.
 */
final class AvroLimits {

    /**
     * Avro makes room for a text before it looks whether it is there, so this is what a few damaged bytes can cost. No
     * field comes near it: Kafka's usual limit for a whole record is a mebibyte.
     */
    private static final int BYTES = 8 << 20;

    private static final int ITEMS = 1 << 20;

    private AvroLimits() {}

    /** Puts the limits in force. A limit that the user has set as a system property stays. */
    static void apply() {
        limit(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, BYTES);
        limit(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, BYTES);
        limit(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, ITEMS);
        try {
            MethodHandles.privateLookupIn(SystemLimitException.class, MethodHandles.lookup())
                    .findStatic(SystemLimitException.class, "resetLimits", MethodType.methodType(void.class))
                    .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("this Avro cannot be told its limits anew: see AvroLimits", e);
        }
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
