package io.faultprint.diagnose.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.chaos.endpoint.ModelEndpoint;
import io.faultprint.chaos.endpoint.ModelMode;
import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.check.ClaimCheck;
import io.faultprint.diagnose.engine.Budget;
import io.faultprint.diagnose.engine.GuardedEngine;
import io.faultprint.diagnose.engine.Pace;
import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.llm.ModelEngine;
import io.faultprint.diagnose.llm.ModelSettings;
import io.faultprint.diagnose.rules.RulesEngine;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.time.Windows;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a claim to its last record, with a model that fails in every way, over real HTTP. */
class ModelFaultsTest {

    private static final int ATTEMPTS = 3;
    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(Records.START));
    private static final String DEEP = "[".repeat(50_000);

    private final ModelEndpoint endpoint = new ModelEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(new ModelMode.Hang(), ATTEMPTS, "no answer in time"),
                fault(new ModelMode.Drip(Duration.ofMillis(50)), ATTEMPTS, "no answer in time"),
                fault(new ModelMode.Slow(Duration.ofMinutes(1)), ATTEMPTS, "no answer in time"),
                fault(new ModelMode.Cut(), ATTEMPTS, "no connection"),
                fault(new ModelMode.Huge(20_000_000), ATTEMPTS, "its answer is too long"),
                fault(new ModelMode.Busy(0), ATTEMPTS, "HTTP 429"),
                fault(new ModelMode.Busy(3600), 1, "HTTP 429"),
                fault(new ModelMode.Broken(500), ATTEMPTS, "HTTP 500"),
                fault(new ModelMode.Broken(503), ATTEMPTS, "HTTP 503"),
                fault(new ModelMode.Broken(400), 1, "HTTP 400"),
                fault(new ModelMode.Broken(401), 1, "HTTP 401"),
                fault(new ModelMode.Broken(404), 1, "HTTP 404"),
                fault(new ModelMode.NoCompletion("text/html", "<html>hello</html>"), ATTEMPTS, "no chat completion"),
                fault(new ModelMode.NoCompletion("application/json", ""), ATTEMPTS, "no chat completion"),
                fault(new ModelMode.NoCompletion("application/json", "{}"), ATTEMPTS, "no chat completion"),
                fault(new ModelMode.NoCompletion("application/json", "null"), ATTEMPTS, "no chat completion"),
                fault(new ModelMode.NoCompletion("application/json", "[]"), ATTEMPTS, "no chat completion"),
                fault(new ModelMode.NoCompletion("application/json", DEEP), ATTEMPTS, "no chat completion"),
                fault(
                        new ModelMode.NoCompletion("application/json", "{\"choices\":[]}"),
                        ATTEMPTS,
                        "no chat completion"),
                fault(
                        new ModelMode.NoCompletion("application/json", "{\"choices\":[{}]}"),
                        ATTEMPTS,
                        "no chat completion"),
                fault(
                        new ModelMode.NoCompletion("application/json", "{\"choices\":[{\"message\":{}}]}"),
                        ATTEMPTS,
                        "it has no list of hypotheses"),
                fault(new ModelMode.Says("The cart is broken."), ATTEMPTS, "it is not JSON"),
                fault(new ModelMode.Says("{\"hypotheses\":" + DEEP), ATTEMPTS, "it is not JSON"),
                fault(new ModelMode.Says("{\"hypotheses\":[{\"category\":7}]}"), ATTEMPTS, "is not a text"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFailureEndsInTheRulesDiagnosisWithItsReasonWithinTheAttempts(ModelMode mode, int calls, String reason)
            throws Exception {
        endpoint.mode(mode);
        long began = System.nanoTime();

        Diagnosis settled = consultation(100).settle(claim("clu1-1"));

        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(settled.getState()).isEqualTo(DiagnosisState.DIAGNOSED);
        assertThat(settled.getEngine()).isEqualTo("rules");
        assertThat(settled.getSummary()).startsWith("No model answered (").contains(reason);
        assertThat(settled.getHypotheses()).isEqualTo(byRules().getHypotheses());
        assertThat(settled.getModelCalls()).isEqualTo(calls);
        assertThat(endpoint.ledger()).isEqualTo(Map.of("clu1-1-1", calls));
        assertThat(took).isLessThan(TIMEOUT.multipliedBy(ATTEMPTS).plusSeconds(2));
    }

    @Test
    void aGoodAnswerIsTheModelsDiagnosisForOneCall() throws Exception {
        Diagnosis settled = consultation(100).settle(claim("clu1-1"));

        assertThat(settled.getEngine()).isEqualTo("openai");
        assertThat(settled.getState()).isEqualTo(DiagnosisState.DIAGNOSED);
        assertThat(settled.getRejected()).isEmpty();
        assertThat(endpoint.ledger()).isEqualTo(Map.of("clu1-1-1", 1));
    }

    @Test
    void everyAttemptIsTakenFromTheBudgetAndAnEmptyOneMeansRules() throws Exception {
        endpoint.mode(new ModelMode.Broken(500));
        Consultation consultation = consultation(4);

        consultation.settle(claim("clu1-1"));
        Diagnosis second = consultation.settle(claim("clu1-2"));
        Diagnosis third = consultation.settle(claim("clu1-3"));

        assertThat(second.getSummary()).contains("the budget of 4 model calls an hour is used up");
        assertThat(third.getModelCalls()).isZero();
        assertThat(endpoint.ledger()).isEqualTo(Map.of("clu1-1-1", 3, "clu1-2-1", 1));
    }

    @Test
    void fiveFailuresInARowAreEnoughForAllThatComeAfter() throws Exception {
        endpoint.mode(new ModelMode.Hang());
        Consultation consultation = consultation(1000);
        for (int i = 0; i < 50; i++) {
            assertThat(consultation.settle(claim("clu1-" + i)).getEngine()).isEqualTo("rules");
        }

        // On a busy machine a caller may have given up before the endpoint came to count it.
        await().untilAsserted(() -> assertThat(endpoint.calls()).isEqualTo(5));
    }

    private static Arguments fault(ModelMode mode, int calls, String reason) {
        String name = mode.toString();
        return Arguments.of(
                org.junit.jupiter.api.Named.of(name.substring(0, Math.min(80, name.length())), mode), calls, reason);
    }

    private Consultation consultation(int callsPerHour) {
        ModelEngine engine = new ModelEngine(new ModelSettings(URI.create(endpoint.url()), "stub", "", TIMEOUT));
        return new Consultation(
                Optional.of(new GuardedEngine(
                        engine,
                        new Pace(ATTEMPTS, Duration.ofMillis(1), Duration.ofSeconds(1)),
                        new Budget(callsPerHour, CLOCK),
                        Duration.ofMinutes(1),
                        new SplittableRandom(1))),
                new RulesEngine(),
                new ClaimCheck(20_000));
    }

    private static Diagnosis byRules() throws InterruptedException {
        return new Consultation(Optional.empty(), new RulesEngine(), new ClaimCheck(20_000)).settle(claim("clu1-1"));
    }

    private static Diagnosis claim(String cluster) {
        EvidenceBoard board = new EvidenceBoard(Windows.DEFAULT, new Redaction("test"));
        Incident incident = Records.novel("inc1-1", cluster);
        Decision decision = new ClaimLedger("one", Duration.ofMinutes(5))
                .decide(incident, it -> List.copyOf(board.of(it)), CLOCK.instant());
        return ((Decision.Claim) decision).claim();
    }
}
