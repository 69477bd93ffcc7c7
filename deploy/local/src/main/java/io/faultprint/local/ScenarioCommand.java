package io.faultprint.local;

import io.faultprint.runtime.ExitCode;
import io.faultprint.scenario.ScenarioMain;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "scenario",
        header =
                "The simulated shop: a run written to files to replay, with the truth, or played in real time against an ingest.",
        description = "%nscenario export --seed N --minutes M --out DIR [--no-faults] [--gzip] [--rate R] [--start ISO]"
                + " [--scenario FOLDER]%n%nscenario play --to URL --seed N --minutes M [--no-faults] [--rate R]"
                + " [--scenario FOLDER]%n")
final class ScenarioCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "export or play, and its options")
    private List<String> arguments = List.of();

    /** The scenario's own main ends the process with its own exit code. */
    @Override
    public Integer call() {
        ScenarioMain.main(arguments.toArray(String[]::new));
        return ExitCode.OK;
    }
}
