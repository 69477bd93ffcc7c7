package io.faultprint.correlate.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Where the tasks of a process put what they say of themselves. Write-only for them: they never read it back. */
public final class Board {

    /** How often a task speaks. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    /** The latest facts of a task, and how often it has spoken: one that speaks no more does not move. */
    record Said(TaskFacts facts, long times) {}

    private final ConcurrentMap<String, Place> places = new ConcurrentHashMap<>();

    /** A task's place on the board, for one life of the task. */
    public static final class Place {

        private final Board board;
        private final String task;
        private final AtomicLong times = new AtomicLong();
        private volatile Said said;

        private Place(Board board, TaskFacts first) {
            this.board = board;
            this.task = first.task();
            this.said = new Said(first, 0);
        }

        /** Says how the task stands now. */
        public void publish(TaskFacts facts) {
            said = new Said(facts, times.incrementAndGet());
        }

        /** The task is closed; a later life of it has a place of its own. */
        public void close() {
            board.places.remove(task, this);
        }
    }

    /** Gives a task its place, with what it knows as it begins. */
    public Place open(TaskFacts first) {
        Place place = new Place(this, first);
        places.put(first.task(), place);
        return place;
    }

    /** What all tasks of the process said last. */
    public List<TaskFacts> facts() {
        return said().values().stream().map(Said::facts).toList();
    }

    /** The same by task, with how often each has spoken. */
    Map<String, Said> said() {
        Map<String, Said> all = new TreeMap<>();
        places.forEach((task, place) -> all.put(task, place.said));
        return all;
    }
}
