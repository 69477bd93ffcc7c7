package io.faultprint.local;

/** What {@code deploy/faultprint} starts. */
public final class LocalMain {

    private LocalMain() {}

    public static void main(String[] args) {
        System.exit(new Cli(Terminal.ofProcess(System.getenv())).run(args));
    }
}
