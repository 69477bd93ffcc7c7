package io.faultprint.local;

import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands about letters have in common: how they fail. */
final class LetterCommands {

    /** The work of a command. */
    interface Work {
        int run() throws IOException, InterruptedException;
    }

    private LetterCommands() {}

    static int run(CommandSpec spec, Terminal terminal, LetterOptions options, Work work) {
        CommandSpec parent = spec.parent();
        if (parent != null
                && !parent.commandLine().getParseResult().matchedOptions().isEmpty()) {
            String option = parent.commandLine()
                    .getParseResult()
                    .matchedOptions()
                    .get(0)
                    .longestName();
            throw new UsageError(option + ": write options behind the command: " + spec.qualifiedName() + " " + option);
        }
        try {
            return work.run();
        } catch (KafkaException failure) {
            terminal.trouble(spec.qualifiedName() + ": Kafka does not answer as it should" + options.where() + ": "
                    + failure.getMessage());
            return ExitCode.FAILURE;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILURE;
        }
    }
}
