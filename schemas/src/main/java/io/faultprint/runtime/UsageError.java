package io.faultprint.runtime;

/**
 * A mistake in what the user asked for. The message names the thing, the value and the mend, and is printed without a
 * stack trace; the process ends with {@link ExitCode#USAGE}.
 */
public final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageError(String message) {
        super(message);
    }

    public UsageError(String message, Throwable cause) {
        super(message, cause);
    }
}
