package io.faultprint.correlate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.faultprint.correlate.topology.signals.Cut;
import io.faultprint.correlate.watch.TaskFacts.Counted;
import io.faultprint.correlate.watch.TaskFacts.Services;
import io.faultprint.correlate.watch.TaskFacts.Ticks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorrelateMetersTest {

    private static final int LOOKS = 5_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CorrelateMeters meters = new CorrelateMeters(registry);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void aScrapeWhileTheWatcherLooksIsWhole() {
        CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> {
            for (int look = 0; look < LOOKS; look++) {
                show(look, Map.of("store", 1L));
            }
        });

        assertThatCode(() -> {
                    while (!watcher.isDone()) {
                        registry.scrape();
                    }
                    watcher.join();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aRowThatStaysTellsTheLatestValue() {
        show(3, Map.of());
        show(7, Map.of());

        assertThat(registry.scrape()).contains("faultprint_correlate_flood_lines 7.0");
    }

    @Test
    void aRowThatIsGoneIsNotToldAndOneThatComesBackTellsItsNewValue() {
        show(0, Map.of("store", 1L));
        show(0, Map.of());
        assertThat(registry.scrape()).doesNotContain("faultprint_correlate_state_rows{");

        show(0, Map.of("store", 9L));

        assertThat(registry.scrape()).contains("faultprint_correlate_state_rows{store=\"store\"} 9.0");
    }

    @Test
    void everyBoundHasItsCounterBeforeItLeavesAnythingOut() {
        meters.show(List.of(), Map.of(), Map.of("cuts/forms", 3L), (input, door) -> 0, 0);

        String scrape = registry.scrape();
        for (Cut bound : Cut.values()) {
            assertThat(scrape)
                    .contains("faultprint_correlate_cuts_total{bound=\"" + bound.label() + "\"} "
                            + (bound == Cut.FORMS ? "3.0" : "0.0"));
        }
    }

    private void show(long flooded, Map<String, Long> rows) {
        TaskFacts facts = new TaskFacts(
                "services-0", List.of(), Ticks.NONE, 0, rows, new Services(1, 0, flooded), 0, Counted.NOTHING);
        meters.show(List.of(), Map.of("services-0", new Board.Said(facts, 1)), Map.of(), (input, door) -> 0, 0);
    }
}
