package io.faultprint.correlate.watch;

import io.faultprint.correlate.watch.TaskFacts.Door;
import io.faultprint.correlate.watch.TaskFacts.Input;
import io.faultprint.correlate.watch.TaskFacts.Source;
import io.faultprint.correlate.watch.TaskFacts.Ticks;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.time.Windows;
import io.faultprint.watch.Sight;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether correlate sees. It does not where something stands still that should move, although there is nothing left to
 * read: a door, a source of ticks, a task. To be behind is not to be blind, and neither is silence of the services: doors
 * speak also when nobody sends.
 */
final class Judge {

    private static final Set<PulseCause> UPSTREAM =
            EnumSet.of(PulseCause.NO_DOOR, PulseCause.DOOR_SILENT, PulseCause.DOOR_HELD, PulseCause.STUCK);

    private final Windows windows;
    private final boolean live;
    private final long bound;
    private final Stillness still = new Stillness();

    /**
     * @param live false for a replay, whose event time is not now
     * @param boundMillis how long something may stand still
     */
    Judge(Windows windows, boolean live, long boundMillis) {
        this.windows = windows;
        this.live = live;
        this.bound = boundMillis;
    }

    Sight look(List<AppView> apps, Map<String, Board.Said> tasks, long now) {
        Findings findings = new Findings(now);
        for (AppView app : apps) {
            app(app, tasks, findings, now);
        }
        for (Map.Entry<String, Board.Said> entry : tasks.entrySet()) {
            task(entry.getKey(), entry.getValue(), apps, findings, now);
        }
        still.forgetOthers();
        List<PulseReason> reasons = withoutConsequences(findings);
        long lag = apps.stream()
                .flatMap(app -> app.lag().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        int open = tasks.values().stream()
                .mapToInt(said -> said.facts().openWindows())
                .max()
                .orElse(0);
        return new Sight(reasons, watermark(tasks), lag, open);
    }

    /** What waits for a blind or a busy one does so for no reason of its own. */
    private static List<PulseReason> withoutConsequences(Findings findings) {
        List<PulseReason> reasons = findings.reasons();
        boolean blind = reasons.stream().anyMatch(reason -> UPSTREAM.contains(reason.getCause()));
        return reasons.stream()
                .filter(reason -> !blind || reason.getCause() != PulseCause.BEHIND)
                .filter(reason -> !(blind || findings.waiting() > 0) || reason.getCause() != PulseCause.SOURCE_STALLED)
                .toList();
    }

    /** How long the door has said nothing in this input, as of the last look. */
    long silence(Input input, Door door, long now) {
        return now - still.since(doorKey(input, door), door.appended(), now);
    }

    private static @org.jspecify.annotations.Nullable Long watermark(Map<String, Board.Said> tasks) {
        long least = tasks.values().stream()
                .flatMap(said -> said.facts().inputs().stream())
                .mapToLong(Input::watermark)
                .filter(watermark -> watermark != TaskFacts.UNKNOWN)
                .min()
                .orElse(TaskFacts.UNKNOWN);
        return least == TaskFacts.UNKNOWN ? null : least;
    }

    private void app(AppView app, Map<String, Board.Said> tasks, Findings findings, long now) {
        if (app.failure() != null) {
            long since = still.since("failed " + app.name(), true, now);
            findings.add(PulseCause.FAILED, app.name(), since, app.name() + " ended by a failure: " + app.failure());
        } else if (!app.restoring().isEmpty()) {
            long since = still.since("restoring " + app.name(), true, now);
            long left =
                    app.restoring().values().stream().mapToLong(Long::longValue).sum();
            findings.add(
                    PulseCause.RESTORING,
                    app.name(),
                    since,
                    app.name() + " reads its state back: " + left + " records left in "
                            + String.join(", ", app.restoring().keySet()));
        } else if (!app.running() && tasks.isEmpty()) {
            long since = still.since("joining " + app.name(), true, now);
            findings.add(PulseCause.RESTORING, app.name(), since, app.name() + " waits for its partitions");
        }
    }

    private void task(String task, Board.Said said, List<AppView> apps, Findings findings, long now) {
        long moved = still.since("task " + task, said.times(), now);
        if (now - moved > bound) {
            findings.add(PulseCause.STUCK, task, moved, "task " + task + " has not moved for " + seconds(now - moved));
            return;
        }
        TaskFacts facts = said.facts();
        for (Input input : facts.inputs()) {
            input(input, lag(apps, input.name()), findings, now);
        }
        if (facts.ticks().expected() > 0 && !facts.ticks().ended()) {
            ticks(task, facts, lag(apps, facts.ticks().name()), findings, now);
        }
    }

    private void input(Input input, long lag, Findings findings, long now) {
        input.doors().forEach(door -> still.since(doorKey(input, door), door.appended(), now));
        long moved = still.since("input " + input.name(), input.watermark(), now);
        if (input.ended()) {
            return;
        }
        if (now - moved > bound && lag == 0) {
            stalled(input, moved, findings, now);
        } else if (input.watermark() == TaskFacts.UNKNOWN) {
            findings.behind(input.name(), moved, lag, "no heartbeat yet");
        } else {
            behind(input.name(), input.watermark(), windows.latenessMillis(), lag, moved, findings, now);
        }
    }

    private void stalled(Input input, long moved, Findings findings, long now) {
        if (input.doors().isEmpty()) {
            findings.add(PulseCause.NO_DOOR, "doors", moved, "no door has spoken yet", input.name());
            return;
        }
        long least = input.doors().stream()
                .filter(door -> !door.ended())
                .mapToLong(Door::watermark)
                .min()
                .orElse(TaskFacts.UNKNOWN);
        for (Door door : input.doors()) {
            if (!door.ended() && door.watermark() == least) {
                long silent = silence(input, door, now);
                if (silent > bound) {
                    findings.add(
                            PulseCause.DOOR_SILENT,
                            door.name(),
                            now - silent,
                            "door " + door.name() + ": no heartbeat for " + seconds(silent),
                            input.name());
                } else {
                    findings.add(
                            PulseCause.DOOR_HELD,
                            door.name(),
                            moved,
                            "door " + door.name() + ": its heartbeats come, but its watermark has stood still for "
                                    + seconds(now - moved),
                            input.name());
                }
            }
        }
    }

    /** Sources speak once a window, and a window is complete only after the lateness. */
    private void ticks(String task, TaskFacts facts, long lag, Findings findings, long now) {
        Ticks ticks = facts.ticks();
        long patience = bound + windows.sizeMillis() + windows.latenessMillis();
        long begun = still.since("ticks of " + task, ticks.expected(), now);
        List<String> missing = new ArrayList<>();
        long since = now;
        for (int number = 0; number < ticks.expected(); number++) {
            int wanted = number;
            Source source = ticks.sources().stream()
                    .filter(it -> it.number() == wanted)
                    .findFirst()
                    .orElse(null);
            long moved = source == null ? begun : still.since("source " + task + " " + number, source.upTo(), now);
            boolean over = source != null && source.ended();
            boolean held = source == null || source.upTo() <= Math.max(ticks.upTo(), leastOf(ticks));
            if (!over && held && now - moved > patience) {
                missing.add(Integer.toString(number));
                since = Math.min(since, moved);
            }
        }
        boolean others = facts.inputs().isEmpty()
                || facts.inputs().stream()
                        .allMatch(input -> input.watermark() >= leastOf(ticks) + windows.sizeMillis());
        if (!missing.isEmpty() && lag == 0 && others) {
            findings.add(
                    PulseCause.SOURCE_STALLED,
                    ticks.name() + " source " + String.join(", ", missing),
                    since,
                    "source " + String.join(", ", missing) + " of " + ticks.topic() + " has closed no window for "
                            + seconds(now - since) + "; windows wait for it");
        } else if (ticks.upTo() != TaskFacts.UNKNOWN) {
            long usual = windows.latenessMillis() + windows.sizeMillis();
            behind(ticks.name(), ticks.upTo(), usual, lag, begun, findings, now);
        }
    }

    private static long leastOf(Ticks ticks) {
        return ticks.sources().stream().mapToLong(Source::upTo).min().orElse(TaskFacts.UNKNOWN);
    }

    private void behind(String what, long watermark, long usual, long lag, long since, Findings findings, long now) {
        long delay = now - watermark - usual;
        if (delay > bound && (live || lag > 0)) {
            findings.behind(what, since, lag, live ? seconds(delay) + " behind" : "reads what is there");
        }
    }

    private static long lag(List<AppView> apps, String partition) {
        return apps.stream()
                .mapToLong(app -> app.lag().getOrDefault(partition, 0L))
                .max()
                .orElse(0);
    }

    private static String doorKey(Input input, Door door) {
        return "door " + input.name() + " " + door.name();
    }

    private static String seconds(long millis) {
        return millis / 1_000 + " s";
    }
}
