package io.faultprint.local;

import io.faultprint.runtime.Logs;

/** What {@code deploy/faultprint} starts. */
public final class LocalMain {

    private LocalMain() {}

    public static void main(String[] args) {
        Logs.off();
        System.exit(new Cli(Terminal.ofProcess(System.getenv())).run(args));
    }
}
