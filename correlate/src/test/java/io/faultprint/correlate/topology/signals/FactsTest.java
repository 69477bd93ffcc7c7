package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.ZERO;
import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.snapshot.AnalystSettings;
import io.faultprint.correlate.watch.TaskFacts;
import io.faultprint.time.Windows;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tasks of signals say of themselves. */
class FactsTest {

    @TempDir
    Path directory;

    @Test
    void eachInputWithItsDoorsAndTheWindowsThatAreOpen() {
        try (Bench bench = new Bench(directory)) {
            bench.beat(at(1));
            bench.tell(info("web", at(2), "a"), info("web", at(2) + 1, "b"), info("web", at(5), "c"));
            bench.aMomentLater();

            TaskFacts services = facts(bench, "services-0");
            assertThat(services.inputs())
                    .extracting(TaskFacts.Input::topic, TaskFacts.Input::watermark)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("logs", at(1)),
                            org.assertj.core.groups.Tuple.tuple("metrics", at(1)));
            assertThat(services.inputs().get(0).doors())
                    .extracting(TaskFacts.Door::name)
                    .containsExactly("door");
            assertThat(services.openWindows()).isEqualTo(2);
            assertThat(services.ticks().expected()).isEqualTo(1);
            assertThat(services.ticks().sources())
                    .extracting(TaskFacts.Source::upTo)
                    .containsExactly(at(1));
            assertThat(services.rows()).containsKeys("services-windows", "services-baselines");
            assertThat(services.rows().get("services-windows")).isPositive();
            assertThat(facts(bench, "spans-0").inputs())
                    .extracting(TaskFacts.Input::name)
                    .containsExactly("alerts-0", "changes-0", "spans-0");
        }
    }

    @Test
    void servicesAndLinesBeyondTheCapOfTheLastClosedWindow() {
        SignalsSettings few = new SignalsSettings(
                Windows.DEFAULT,
                1,
                1,
                AnalystSettings.defaults("test"),
                Duration.ofSeconds(60),
                2,
                50,
                Duration.ofHours(24),
                SignalsBounds.DEFAULT,
                SteeringRules.NONE);
        try (Bench bench = new Bench(directory, few)) {
            bench.beat(ZERO);
            bench.tell(info("web", at(0), "alpha"), info("web", at(0), "beta"), info("web", at(0), "gamma"));
            bench.closed(0).aMomentLater();

            assertThat(facts(bench, "services-0").services()).isEqualTo(new TaskFacts.Services(1, 1, 1));
        }
    }

    @Test
    void aTaskThatIsClosedIsNoLongerOnTheBoard() {
        Bench bench = new Bench(directory);
        assertThat(bench.board.facts()).hasSize(2);

        bench.close();

        assertThat(bench.board.facts()).isEmpty();
    }

    private static TaskFacts facts(Bench bench, String task) {
        return bench.board.facts().stream()
                .filter(it -> it.task().equals(task))
                .findFirst()
                .orElseThrow();
    }
}
