package io.faultprint.ingest.normalise;

/** Carries a reason from deep inside a record to where the record is refused; never leaves this package. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause cause;

    Refusal(Cause cause, String message) {
        super(message, null, false, false);
        this.cause = cause;
    }

    Cause reason() {
        return cause;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
