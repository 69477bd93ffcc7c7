package io.faultprint.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        header = "The letters, newest last.",
        description =
                "%nColumn AGAIN: sent = sent again from here; ×2 = came back after that; unsure = a redrive ended before the"
                        + " door had answered.%n")
final class LettersListCommand implements Callable<Integer> {

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private LetterListing listing = new LetterListing();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    private final Terminal terminal;

    LettersListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return LetterCommands.run(
                spec, terminal, options, () -> listing.list(options, terminal, System.currentTimeMillis()));
    }
}
