package io.faultprint.local;

import picocli.CommandLine.Command;

@Command(
        name = "evaluate",
        header = "What would have been said of telemetry whose truth is known, beside that truth.",
        description =
                "%nReplays folders of recorded telemetry and simulated scenarios through correlate without a broker: what comes"
                        + " out is what a replay through Kafka gives. Starts no server and calls no model.%n")
final class EvaluateCommand {}
