package io.faultprint.runtime;

/**
 * What a stage needs does not answer at its start. Perhaps it was named wrongly, perhaps it is away for a while: the
 * message names it and the mend, and the process ends with {@link ExitCode#FAILURE}, so that a supervisor starts it again.
 */
public final class Unreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
