package io.faultprint.node.child;

/** What the node will not do; the message goes to the user as it is, and the process ends with exit code 2. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
