package io.faultprint.correlate.topology.incidents;

import static io.faultprint.correlate.incident.Story.at;
import static io.faultprint.correlate.incident.Story.calm;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.incident.Story;
import io.faultprint.correlate.watch.TaskFacts;
import io.faultprint.snapshot.CutCount;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums over the run, as incidents keeps them. */
class TotalsTest {

    @TempDir
    Path directory;

    @Test
    void eventsByKindAndFateAsTheTicksCarryThem() {
        try (Bench bench = new Bench(directory)) {
            tick(bench, 0, true, new LossCount("logs", 10L, 7L, 2L, 0L, 1L, 0L));
            tick(
                    bench,
                    1,
                    true,
                    new LossCount("logs", 5L, 5L, 0L, 0L, 0L, 0L),
                    new LossCount("spans", 3L, 3L, 0L, 0L, 0L, 0L));
            bench.aMomentLater();

            TaskFacts facts = facts(bench);
            assertThat(facts.counted().totals())
                    .containsEntry("events/logs/kept", 12L)
                    .containsEntry("events/logs/late", 2L)
                    .containsEntry("events/logs/dead-lettered", 1L)
                    .containsEntry("events/logs/dropped", 0L)
                    .containsEntry("events/spans/kept", 3L);
            assertThat(facts.counted().topic()).isEqualTo("digests");
            assertThat(facts.counted().offset()).isEqualTo(1);
            assertThat(facts.ticks().sources()).containsExactly(new TaskFacts.Source(0, at(2), false));
        }
    }

    @Test
    void windowsByWhetherTheyWereSeenAlsoWhenManyArePassedOverAtOnce() {
        try (Bench bench = new Bench(directory)) {
            tick(bench, 0, true);
            tick(bench, 1, true);
            tick(bench, 11, false);
            tick(bench, 11, false);
            bench.aMomentLater();

            assertThat(facts(bench).counted().totals())
                    .containsEntry("windows/covered", 2L)
                    .containsEntry("windows/blind", 10L);
        }
    }

    @Test
    void whatBoundsLeftOutAsTheTicksOfAllSourcesSay() {
        try (Bench bench = new Bench(directory)) {
            for (int window = 0; window < 2; window++) {
                Tick tick = Tick.newBuilder()
                        .setSource(0)
                        .setSources(1)
                        .setUpTo(Story.at(window + 1))
                        .setCovered(true)
                        .setCounts(List.of())
                        .setCuts(List.of(new CutCount("forms", 7L), new CutCount("services", (long) window)))
                        .build();
                bench.raw("", Bench.CODEC.encode("faultprint.digests", tick));
            }
            bench.aMomentLater();

            assertThat(facts(bench).counted().totals())
                    .containsEntry("cuts/forms", 14L)
                    .containsEntry("cuts/services", 1L);
        }
    }

    @Test
    void digestsThatAreReadLateOrBroken() {
        try (Bench bench = new Bench(directory)) {
            bench.tell(calm(0, "web"));
            tick(bench, 0, true);
            bench.tell(calm(0, "orders"));
            bench.raw("shop", "no digest".getBytes(StandardCharsets.UTF_8));
            bench.aMomentLater();

            assertThat(facts(bench).counted().totals())
                    .containsEntry("events/digests/kept", 1L)
                    .containsEntry("events/digests/late", 1L)
                    .containsEntry("events/digests/dead-lettered", 1L);
        }
    }

    private static TaskFacts facts(Bench bench) {
        return bench.board.facts().get(0);
    }

    private static void tick(Bench bench, int lastWindow, boolean covered, LossCount... counts) {
        Tick tick = Tick.newBuilder()
                .setSource(0)
                .setSources(1)
                .setUpTo(Story.at(lastWindow + 1))
                .setCovered(covered)
                .setCounts(List.of(counts))
                .build();
        bench.raw("", Bench.CODEC.encode("faultprint.digests", tick));
    }
}
