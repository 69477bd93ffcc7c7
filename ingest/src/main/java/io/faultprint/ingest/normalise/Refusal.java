package io.faultprint.ingest.normalise;

/** Carries a reason from deep inside a record to where the record is refused; never leaves this package. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** Messages quote names, and a name can be as long as its request. */
    private static final int LONGEST = 400;

    private final Cause cause;

    Refusal(Cause cause, String message) {
        super(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…", null, false, false);
        this.cause = cause;
    }

    Cause reason() {
        return cause;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
