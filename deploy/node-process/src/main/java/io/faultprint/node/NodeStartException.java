package io.faultprint.node;

/** A node that did not come up. The message says which, why, and what to do about it. */
public final class NodeStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    NodeStartException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    NodeStartException(String message, Throwable cause) {
        super(message, cause);
        this.refused = false;
    }

    /** True when the node refused what it was asked for (port taken, directory in use): the user's to mend. */
    public boolean refused() {
        return refused;
    }
}
