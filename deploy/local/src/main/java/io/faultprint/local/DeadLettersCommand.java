package io.faultprint.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Without one of its commands it lists. */
@Command(
        name = "dead-letters",
        header = "What could not be used, and why; list, show, or send it again.",
        description =
                "%nReads topic dead-letters (or late) of the Faultprint that runs on the data directory; when none does, its"
                        + " broker is started for the question. With --kafka: of a broker of yours. Without one of the"
                        + " commands below it lists.%n")
final class DeadLettersCommand implements Callable<Integer> {

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private LetterListing listing = new LetterListing();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    private final Terminal terminal;

    DeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return LetterCommands.run(
                spec, terminal, options, () -> listing.list(options, terminal, System.currentTimeMillis()));
    }
}
