package io.faultprint.local;

import io.faultprint.local.data.DataDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data DIR}, the same in every command that has it. */
final class DataOption {

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default ~/.faultprint).")
    private Path root = DataDirectory.usual();

    Path root() {
        return root;
    }
}
