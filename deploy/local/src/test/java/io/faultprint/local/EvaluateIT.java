package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.runtime.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gate of what is said: no change may lose what is found today. Simulation and evaluation are deterministic, so the
 * figures do not waver; one kind for each way in which a system fails, and a healthy half hour of fifty services.
 */
class EvaluateIT {

    private static final List<String> KINDS = List.of(
            "bad-deploy",
            "bad-configuration",
            "crash-loop",
            "error-burst",
            "pool-exhausted",
            "queue-backlog",
            "slow-database",
            "throttled");

    @TempDir
    private Path folder;

    @Test
    void eachOfTheseFaultsIsFoundAtTheRightPlaceWithinAMinuteAndNothingElseIs() throws IOException {
        JsonNode report =
                evaluate("incidents", String.join(",", KINDS), healthy().toString());

        assertThat(report.at("/facts/cases").asInt()).isEqualTo(KINDS.size() + 1);
        JsonNode total = report.get("total");
        assertThat(value(total, "recall in 3 min")).isEqualTo(1);
        assertThat(value(total, "AS@1 early")).isEqualTo(1);
        assertThat(value(total, "AS@1")).isEqualTo(1);
        assertThat(value(total, "median delay, s")).isLessThan(60);
        assertThat(value(total, "false incidents")).isZero();
        assertThat(value(total, "diagnoses to pay for")).isEqualTo(KINDS.size());
    }

    @Test
    void theRulesSayWhatKindOfCauseItIsAndAtWhichService() throws IOException {
        JsonNode total =
                evaluate("diagnosis", "bad-configuration,pool-exhausted").get("total");

        assertThat(value(total, "category @3")).isEqualTo(1);
        assertThat(value(total, "service @1")).isEqualTo(1);
    }

    private JsonNode evaluate(String what, String scenarios, String... folders) throws IOException {
        Path report = folder.resolve(what + ".json");
        List<String> words = new ArrayList<>(List.of("evaluate", what, "--scenario", scenarios, "--seeds", "1"));
        words.addAll(List.of("--data", folder.resolve("data").toString(), "--report", report.toString()));
        words.addAll(List.of(folders));
        Command command = Command.run(words.toArray(String[]::new));
        assertThat(command.code()).as(command.err()).isEqualTo(ExitCode.OK);
        return new ObjectMapper().readTree(report.toFile());
    }

    private static double value(JsonNode total, String figure) {
        assertThat(total.has(figure)).as("%s of %s", figure, total).isTrue();
        return total.at("/" + figure + "/value").asDouble(Double.NaN);
    }

    private Path healthy() throws IOException {
        Path scenario = Files.createDirectory(folder.resolve("healthy"));
        Files.writeString(scenario.resolve("scenario.yaml"), """
                base: healthy-day
                scenario: healthy-half-hour
                minutes: 30
                """);
        return scenario;
    }
}
