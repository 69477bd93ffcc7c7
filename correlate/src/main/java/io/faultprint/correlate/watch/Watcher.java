package io.faultprint.correlate.watch;

import io.faultprint.time.Windows;
import io.faultprint.watch.Sight;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Looks at the board and at the applications, judges, and shows all of it as metrics; one look a second. */
public final class Watcher implements AutoCloseable {

    private final Board board;
    private final Supplier<List<AppView>> apps;
    private final InstantSource clock;
    private final Judge judge;
    private final CommittedTotals totals = new CommittedTotals();
    private final CorrelateMeters meters;

    /**
     * Makes a watcher; {@link #look} makes it look.
     *
     * @param live false for a replay, whose event time is not now
     * @param blindAfter how long something may stand still until that is blindness
     */
    public Watcher(
            Board board,
            Supplier<List<AppView>> apps,
            Windows windows,
            boolean live,
            Duration blindAfter,
            InstantSource clock,
            MeterRegistry registry) {
        this.board = board;
        this.apps = apps;
        this.clock = clock;
        this.judge = new Judge(windows, live, blindAfter.toMillis());
        this.meters = new CorrelateMeters(registry);
    }

    /** What correlate sees now. */
    public Sight look() {
        long now = clock.millis();
        List<AppView> views = apps.get();
        Map<String, Board.Said> said = board.said();
        Sight sight = judge.look(views, said, now);
        Map<String, Long> committed = new HashMap<>();
        views.forEach(view -> committed.putAll(view.committed()));
        totals.look(said, committed);
        meters.show(views, said, totals.shown(), (input, door) -> judge.silence(input, door, now), now);
        return sight;
    }

    @Override
    public void close() {
        meters.close();
    }
}
