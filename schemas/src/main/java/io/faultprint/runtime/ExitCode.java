package io.faultprint.runtime;

/** What a Faultprint process answers to its caller. */
public final class ExitCode {

    /** The work was done. */
    public static final int OK = 0;

    /** The work failed: a dependency was lost, or Faultprint has a defect. */
    public static final int FAILURE = 1;

    /** The command line or the configuration was wrong; nothing was started. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
