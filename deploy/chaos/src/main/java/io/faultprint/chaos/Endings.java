package io.faultprint.chaos;

import io.faultprint.chaos.oracle.Finding;
import io.faultprint.chaos.plan.Fault;
import io.faultprint.chaos.world.Exit;
import io.faultprint.runtime.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether stages ended only when a fault ended them. What they need may be away, or they may find themselves fenced: then a
 * stage may give up, with the exit code that lets a supervisor start it again, during the fault and for a while after it.
 */
final class Endings {

    /** A broker takes a while to come back, and timeouts to run out. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(60);

    private record Excuse(long from, long until) {}

    private final List<Excuse> excuses = new ArrayList<>();

    /** A fault happened between these two times of {@link System#nanoTime()}. */
    void happened(Fault fault, long from, long until) {
        switch (fault) {
            case BROKER_CRASH, BROKER_DISK_FULL, STATE_DISK_FULL, FREEZE_CORRELATE ->
                excuses.add(new Excuse(from, until + AFTERWARDS.toNanos()));
            default -> {
                // Nothing that a stage may end for.
            }
        }
    }

    Finding judge(List<Exit> exits) {
        List<String> wrong = exits.stream()
                .filter(exit -> !exit.meant() && !excused(exit))
                .map(exit -> exit.stage() + " ended with " + exit.code())
                .toList();
        long meant = exits.stream().filter(Exit::meant).count();
        return new Finding(
                "stages end only when they are ended",
                wrong.isEmpty(),
                wrong.isEmpty()
                        ? "%d ended by faults, %d gave up while what they need was away"
                                .formatted(meant, exits.size() - meant)
                        : String.join(", ", wrong));
    }

    private boolean excused(Exit exit) {
        return exit.code() == ExitCode.FAILURE
                && excuses.stream().anyMatch(excuse -> excuse.from <= exit.nanos() && exit.nanos() <= excuse.until);
    }
}
