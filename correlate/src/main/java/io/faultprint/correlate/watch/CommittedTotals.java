package io.faultprint.correlate.watch;

import io.faultprint.correlate.watch.TaskFacts.Counted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sums of tasks as far as they are committed. A task that is rolled back counts again what it had counted; were its
 * sums shown at once, they would go back, and a counter that goes back is taken for one that began anew.
 */
final class CommittedTotals {

    private static final int KEPT = 64;

    private static final class OfTask {
        private final Deque<Counted> waiting = new ArrayDeque<>();
        private Map<String, Long> shown = Map.of();
    }

    private final Map<String, OfTask> tasks = new HashMap<>();

    /** Takes in what the tasks say, and how far their inputs are committed. */
    void look(Map<String, Board.Said> said, Map<String, Long> committed) {
        tasks.keySet().retainAll(said.keySet());
        said.forEach((task, it) -> look(
                tasks.computeIfAbsent(task, name -> new OfTask()), it.facts().counted(), committed));
    }

    private static void look(OfTask task, Counted counted, Map<String, Long> committed) {
        Counted last = task.waiting.peekLast();
        if (last != null && counted.offset() < last.offset()) {
            // Rolled back: what was not committed never was.
            task.waiting.clear();
        }
        if (last == null || !last.equals(counted)) {
            task.waiting.add(counted);
        }
        if (task.waiting.size() > KEPT) {
            task.waiting.removeFirst();
        }
        long upTo = committed.getOrDefault(counted.topic() + "-" + counted.partition(), 0L);
        while (!task.waiting.isEmpty() && task.waiting.getFirst().offset() < upTo) {
            task.shown = task.waiting.removeFirst().totals();
        }
    }

    /** The sums over the tasks of this process, by name. */
    Map<String, Long> shown() {
        Map<String, Long> sums = new TreeMap<>();
        tasks.values().forEach(task -> task.shown.forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }
}
