package io.faultprint.local;

import io.faultprint.correlate.CorrelateMain;
import io.faultprint.diagnose.DiagnoseMain;
import io.faultprint.ingest.IngestMain;
import io.faultprint.notify.NotifyMain;
import io.faultprint.runtime.ExitCode;
import io.faultprint.runtime.Spelling;
import io.faultprint.runtime.UsageError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        header = "One stage as a process of its own, on a Kafka and an OpenSearch of yours.",
        description =
                "%nWhat it needs there is created by faultprint setup. Beside the stage's settings, which faultprint run STAGE"
                        + " --help shows, --kafka HOST:PORT, --kafka-config FILE, --kafka-property KEY=VALUE, --opensearch URL, --registry URL, --registry-property KEY=VALUE and --prefix NAME are"
                        + " understood by every stage.%n")
final class RunCommand implements Callable<Integer> {

    private static final List<String> STAGES = List.of("ingest", "correlate", "diagnose", "notify");

    @Parameters(index = "0", paramLabel = "STAGE", description = "ingest, correlate, diagnose or notify")
    private String stage = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "SETTING", description = "--key=value or --config FILE")
    private List<String> settings = List.of();

    /** A stage's main ends the process with the stage's own exit code. */
    @Override
    public Integer call() {
        String[] args = StageArguments.of(stage, settings, System.getenv());
        switch (stage) {
            case "ingest" -> IngestMain.main(args);
            case "correlate" -> CorrelateMain.main(args);
            case "diagnose" -> DiagnoseMain.main(args);
            case "notify" -> NotifyMain.main(args);
            default ->
                throw new UsageError(stage + ": unknown stage; there are ingest, correlate, diagnose and notify"
                        + Spelling.nearest(stage, STAGES)
                                .map(near -> " (did you mean " + near + "?)")
                                .orElse(""));
        }
        return ExitCode.OK;
    }
}
