package io.faultprint.local;

/** A command line with what it answered, for tests of other packages. */
public record Asked(int code, String out, String err) {

    public static Asked of(String... args) {
        Command command = Command.run(args);
        return new Asked(command.code(), command.out(), command.err());
    }
}
