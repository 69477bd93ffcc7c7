package io.faultprint.serde;

/** Bytes that are no record of ours, or a record that must not stand where it stands; the message says which and why. */
public final class MalformedRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRecord(String message) {
        super(message);
    }

    public MalformedRecord(String message, Throwable cause) {
        super(message, cause);
    }
}
