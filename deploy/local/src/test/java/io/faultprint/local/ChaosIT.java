package io.faultprint.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.chaos.ChaosReport;
import io.faultprint.chaos.ChaosRun;
import io.faultprint.chaos.ChaosSettings;
import io.faultprint.chaos.oracle.Finding;
import io.faultprint.chaos.plan.Planned;
import io.faultprint.chaos.plan.Timetable;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.node.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short version of {@code faultprint chaos}: the faults of three seeds, one after the other, on one Faultprint of
 * separate processes. The long version is that command.
 */
class ChaosIT {

    /** With its two successors, it draws each of the ten faults once, in little time. */
    private static final long SEED = 20_264_784;

    private static final Duration EACH = Duration.ofSeconds(55);

    /** Between the last fault of a seed and the first of the next. */
    private static final Duration BETWEEN = Duration.ofSeconds(8);

    /** For the last fault to be over, and the shop to have failed once more. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostNothingComesTwiceAndAnUndisturbedReadingSaysTheSame() throws Exception {
        List<Planned> timetable = new ArrayList<>();
        // What leaves stretches uncovered comes first: there must be time to learn before the shop fails.
        timetable.addAll(Timetable.draw(SEED + 2, EACH, List.of("broker-crash:3", "clock-behind:5", "clock-ahead:5")));
        timetable.addAll(next(Timetable.draw(SEED, EACH, List.of("kill"))));
        timetable.addAll(next(Timetable.draw(
                SEED + 1, EACH, List.of("store-busy-items:8", "store-loses-answers:8", "poison", "sent-twice"))));
        WorldSettings world = new WorldSettings(directory, Nodes.here(), launcher(), 512, 1, false);
        ChaosSettings settings = new ChaosSettings(SEED, length(timetable), 120, timetable, true);
        List<String> progress = new ArrayList<>();

        ChaosReport report = new ChaosRun(world, settings, InstantSource.system(), progress::add).run();

        assertThat(report.findings())
                .as(String.join("\n", progress) + "\n" + String.join("\n", report.lines()))
                .isNotEmpty()
                .allMatch(Finding::holds);
        // Less than this would prove nothing.
        assertThat(report.incidents()).as("incidents").isPositive();
        assertThat(report.diagnoses()).as("diagnoses").isPositive();
        assertThat(report.faults()).as("kinds of faults").hasSize(10);
        assertThat(report.faults().values().stream().mapToInt(Integer::intValue).sum())
                .as("faults that happened")
                .isEqualTo(timetable.size());
    }

    private static List<Planned> next(List<Planned> drawn) {
        List<Planned> sooner = new ArrayList<>(drawn);
        Planned first = drawn.get(0);
        sooner.set(0, new Planned(first.fault(), BETWEEN, first.lasts(), first.draw()));
        return sooner;
    }

    private static Duration length(List<Planned> timetable) {
        return timetable.stream()
                .map(planned -> planned.after().plus(planned.lasts()))
                .reduce(AFTERWARDS, Duration::plus);
    }

    private static Path launcher() {
        return Path.of(System.getProperty("faultprint.root", ""), "deploy/local/target/lib/faultprint-local.jar");
    }
}
