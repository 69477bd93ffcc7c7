package io.faultprint.correlate.candidate;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.deploy;
import static io.faultprint.correlate.incident.Story.failing;
import static io.faultprint.correlate.incident.Story.high;
import static io.faultprint.correlate.incident.Story.newError;
import static io.faultprint.correlate.incident.Story.slow;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.graph.Neighbours;
import io.faultprint.correlate.state.AbnormalService;
import io.faultprint.incident.Candidate;
import io.faultprint.incident.IncidentSurprise;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Surprise;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private final Candidates candidates = new Candidates(Duration.ofMinutes(30));
    private final Map<AbnormalService, List<IncidentSurprise>> abnormal = new LinkedHashMap<>();
    private final Neighbours.Builder calls = new Neighbours.Builder();

    @Test
    void errorsRestAtTheDeepestServiceThatFails() {
        odd("web", 0, false, failing("GET /", 9, at(0)));
        odd("orders", 0, false, failing("POST /orders", 9, at(0)));
        odd("stock", 0, false, failing("GET /stock", 9, at(0)));
        calls.add("web", "orders").add("orders", "stock");

        assertThat(order()).containsExactly("stock", "orders", "web");
    }

    @Test
    void aServiceWithTroubleOfItsOwnIsNotExcusedByItsCallee() {
        odd("orders", 0, false, high("orders.memory", 10, at(0)), newError("sig1-a", 10, at(0)));
        odd("stock", 10_000, false, slow("GET /stock", 4, at(0)));
        calls.add("orders", "stock");

        assertThat(order()).startsWith("orders");
    }

    @Test
    void aCalleeThatFailsClearlyLaterExplainsNothing() {
        odd("orders", 0, false, failing("POST /orders", 8, at(0)));
        odd("stock", 60_000, false, failing("GET /stock", 8, at(6)));
        calls.add("orders", "stock");

        assertThat(order()).startsWith("orders");
    }

    @Test
    void ofEqualsTheOneThatWasChangedJustBeforeComesFirst() {
        odd("a", 0, false, newError("sig1-a", 8, at(0)));
        odd("b", 0, false, newError("sig1-b", 8, at(0)));

        assertThat(order()).containsExactly("a", "b");
        assertThat(order(deploy("b", "chg-1", at(0) - 60_000))).containsExactly("b", "a");
        assertThat(order(deploy("b", "chg-1", at(0) - 7_200_000))).containsExactly("a", "b");
        assertThat(order(deploy("b", "chg-1", at(0) + 60_000))).containsExactly("a", "b");
    }

    @Test
    void aServiceStillBeingLearnedCountsHalf() {
        odd("a", 0, true, newError("sig1-a", 8, at(0)));
        odd("b", 0, false, newError("sig1-b", 8, at(0)));

        assertThat(order()).containsExactly("b", "a");
    }

    @Test
    void aCircleOfCallsComesToRestAndSharesAddUp() {
        odd("a", 0, false, failing("x", 8, at(0)));
        odd("b", 0, false, failing("y", 8, at(0)));
        odd("c", 0, false, high("cpu", 8, at(0)));
        calls.add("a", "b").add("b", "a").add("b", "c");

        Ranking ranking = rank();

        assertThat(ranking.top().get(0).getService()).isEqualTo("c");
        assertThat(ranking.top().stream().mapToDouble(Candidate::getScore).sum())
                .isBetween(0.99, 1.0);
    }

    private void odd(String service, long after, boolean learning, Surprise... surprises) {
        double peak =
                Arrays.stream(surprises).mapToDouble(Surprise::getScore).max().orElse(0);
        AbnormalService row = AbnormalService.newBuilder()
                .setEnvironment("prod")
                .setService(service)
                .setLearning(learning)
                .setRecent(List.of(at(0)))
                .setFirstWindow(at(0))
                .setLastWindow(at(0))
                .setOnset(at(0) + after)
                .setStrength(peak)
                .setPeak(peak)
                .setCut(0)
                .build();
        abnormal.put(
                row,
                Arrays.stream(surprises)
                        .map(s -> new IncidentSurprise(service, s, at(0), at(0), 1))
                        .sorted(Comparator.comparingDouble(
                                (IncidentSurprise s) -> -s.getSurprise().getScore()))
                        .toList());
    }

    private List<String> order(ChangeRef... changes) {
        return rank(changes).top().stream().map(Candidate::getService).toList();
    }

    private Ranking rank(ChangeRef... changes) {
        return candidates.rank(abnormal, calls.build(), List.of(changes));
    }
}
