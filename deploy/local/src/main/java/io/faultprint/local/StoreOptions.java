package io.faultprint.local;

import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands share that read incidents back. */
final class StoreOptions {

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--run", paramLabel = "RUN", description = "Of a replay: the id that it printed.")
    private String run = "";

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    StoreAccess open(Terminal terminal) {
        try {
            return StoreAccess.open(data.root(), new Run(Run.MAIN.prefix(), run), terminal);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError("--run " + run + ": use lower-case letters, digits and dashes", wrong);
        }
    }

    boolean json() {
        return json;
    }
}
