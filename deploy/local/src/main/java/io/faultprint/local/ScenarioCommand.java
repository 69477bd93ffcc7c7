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
                "Simulated systems with known faults: a run written to files to replay, with the truth, or played in real time against an ingest.",
        description =
                "%nscenario list%n%nscenario export [NAME] --out DIR [--seed N] [--minutes M] [--no-faults] [--gzip]"
                        + " [--rate R] [--start ISO] [--scenario FOLDER]%n%nscenario run [NAME] --to URL [--seed N] [--minutes M]"
                        + " [--no-faults] [--rate R] [--scenario FOLDER]%n%nNAME is one of those that scenario list shows (default:"
                        + " shop); a folder of your own is given with --scenario. play is the same as run.%n")
final class ScenarioCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "list, export or run, and its options")
    private List<String> arguments = List.of();

    /** The scenario's own main ends the process with its own exit code. */
    @Override
    public Integer call() {
        ScenarioMain.main(arguments.toArray(String[]::new));
        return ExitCode.OK;
    }
}
