package io.faultprint.correlate.graph;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.calm;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.state.GraphEdge;
import io.faultprint.correlate.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {

    private static final int DAY = 8_640;

    private final List<String> writes = new ArrayList<>();
    private final Table<GraphEdge> edges = new Table<>((key, row) -> writes.add(key));
    private int leftOut;
    private final ServiceGraph graph = new ServiceGraph(edges, Duration.ofHours(24), 3, count -> leftOut += count);

    @Test
    void callsAreSeenFromBothEnds() {
        learn(0, "web", "orders", "search");

        Neighbours neighbours = graph.asOf("prod", at(0));

        assertThat(neighbours.callees("web")).containsExactly("orders", "search");
        assertThat(neighbours.callers("orders")).containsExactly("web");
        assertThat(neighbours.callees("orders")).isEmpty();
        assertThat(graph.asOf("staging", at(0)).callees("web")).isEmpty();
    }

    @Test
    void anEdgeIsForgottenADayAfterItWasLastSeen() {
        learn(0, "web", "orders");
        assertThat(graph.asOf("prod", at(DAY)).callees("web")).containsExactly("orders");
        assertThat(graph.asOf("prod", at(DAY + 1)).callees("web")).isEmpty();

        learn(DAY + 1, "jobs", "mail");

        assertThat(edges.keys()).hasSize(1);
        assertThat(leftOut).as("what is only old").isZero();
    }

    @Test
    void aSteadyEdgeIsWrittenOnceAnHour() {
        for (int window = 0; window <= 720; window++) {
            learn(window, "web", "orders");
        }

        assertThat(writes).hasSize(3);
    }

    @Test
    void beyondTheBoundTheEdgesLongestUnseenGo() {
        learn(0, "a", "b");
        learn(1, "c", "d");
        learn(2, "e", "f", "g");

        assertThat(edges.keys()).hasSize(3);
        assertThat(graph.asOf("prod", at(2)).callees("a")).isEmpty();
        assertThat(leftOut).isEqualTo(1);
    }

    @Test
    void aServiceThatCallsItselfIsNoEdge() {
        learn(0, "web", "web");

        assertThat(edges.isEmpty()).isTrue();
    }

    private void learn(int window, String caller, String... callees) {
        graph.learn(
                "prod", at(window), List.of(calm(window, caller).calls(callees).digest()));
    }
}
