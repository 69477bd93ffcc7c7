package io.faultprint.scenario.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.scenario.plan.FaultKind;
import io.faultprint.scenario.plan.PlannedChange;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import io.faultprint.scenario.plan.Telemetry;
import io.faultprint.scenario.plan.Timetable;
import io.faultprint.scenario.signal.Signal;
import io.faultprint.scenario.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The truth held to the telemetry alone, whatever it means: with and without the fault, the two streams are the same signal
 * by signal up to its onset, and part where the truth says that it sits.
 */
class TwinTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    /** Few requests, so a rare one that is hit may be some seconds away. */
    private static final double REQUESTS_PER_SECOND = 4;

    /** What a fault touches is read or asked for within this. */
    private static final int LOOKED_AT_SECONDS = 90;

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void theStreamsAreEqualUpToTheOnsetAndPartWhereTheFaultSits(FaultKind kind) {
        Scenario bundled = Scenario.bundled(kind.label());
        Scenario scenario = bundled.watched(new Telemetry(0, 5, 0.01, 8, true, true));
        Settings settings = Settings.of(7).withRate(REQUESTS_PER_SECOND);
        Timetable timetable = Timetable.draw(scenario, settings, bundled.minutes() * 60_000L);
        PlannedFault fault = timetable.faults().get(0);
        long touched = timetable.changes().stream()
                .filter(change -> fault.changes().contains(change.id()))
                .mapToLong(PlannedChange::timeMs)
                .reduce(fault.onsetMs(), Math::min);
        var run = new Sent(scenario, timetable);
        var twin = new Sent(scenario, without(fault, timetable));

        List<Signal> parted = List.of();
        int second = 0;
        while (parted.isEmpty() && second * 1000L < fault.onsetMs() + LOOKED_AT_SECONDS * 1000L) {
            second++;
            parted = firstDifference(run.second(second), twin.second(second));
        }

        assertThat(parted).as("%s shows within %d s", fault, LOOKED_AT_SECONDS).isNotEmpty();
        assertThat(second * 1000L).as("%s at %s", fault, parted).isGreaterThan(touched);
        Set<String> expected = new HashSet<>(fault.visible());
        expected.add(fault.component() == null ? fault.service() : fault.component());
        expected.add("event-exporter");
        assertThat(parted).as("%s in second %d", fault, second).anyMatch(signal -> expected.contains(signal.service()));
    }

    private static Timetable without(PlannedFault fault, Timetable timetable) {
        return new Timetable(
                timetable.settings(),
                List.of(),
                timetable.changes().stream()
                        .filter(change -> !fault.changes().contains(change.id()))
                        .toList());
    }

    /** Of what only one of them has, the earliest, and all that is of the same moment. */
    private static List<Signal> firstDifference(List<Signal> one, List<Signal> other) {
        Set<Signal> both = new HashSet<>(one);
        both.retainAll(new HashSet<>(other));
        List<Signal> alone = Stream.concat(one.stream(), other.stream())
                .filter(signal -> !both.contains(signal))
                .sorted(Comparator.comparingLong(Signal::timeNanos))
                .toList();
        return alone.stream()
                .filter(signal -> signal.timeNanos() == alone.get(0).timeNanos())
                .toList();
    }

    /** What a run sends, second by second; changes themselves are left out. */
    private static final class Sent {

        private final List<Signal> now = new ArrayList<>();
        private final World world;

        Sent(Scenario scenario, Timetable timetable) {
            this.world = new World(scenario, timetable, START, signal -> {
                if (!(signal instanceof Signal.Change)) {
                    now.add(signal);
                }
            });
        }

        List<Signal> second(int second) {
            now.clear();
            world.advanceTo(second * 1_000_000_000L);
            return List.copyOf(now);
        }
    }
}
