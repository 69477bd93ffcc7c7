package io.faultprint.local.show;

import io.faultprint.snapshot.Tick;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells how far the services have been learned, from the ticks of all sources, so that "no incidents" is never mistaken
 * for "not working".
 */
public final class Learning {

    private final Map<Integer, Tick> latest = new TreeMap<>();
    private boolean seen;
    private boolean learnedFirst;
    private boolean learnedAll;

    /** What to print now; mostly nothing. */
    public List<String> tell(Tick tick) {
        latest.put(tick.getSource(), tick);
        int services = services();
        int learned = services - learning();
        if (!seen && services > 0) {
            seen = true;
            return List.of("Telemetry arrives: " + Words.count(services, "service") + " so far. "
                    + "What is normal for them is being learned; until then nothing is reported.");
        }
        if (!learnedFirst && learned > 0) {
            learnedFirst = true;
            learnedAll = learned == services;
            return List.of("Learned: " + learned + " of " + Words.count(services, "service")
                    + (learnedAll ? "." : "; the others are still being learned.")
                    + " Incidents are reported from now on.");
        }
        boolean complete = learned == services;
        boolean news = learnedFirst && complete && !learnedAll;
        learnedAll = complete;
        return news ? List.of("Learned: all of " + Words.count(services, "service") + ".") : List.of();
    }

    /** One line on how things stand. */
    public String status() {
        if (services() == 0) {
            return "no telemetry yet";
        }
        String learning = learning() == 0 ? "" : ", " + learning() + " still being learned";
        return Words.count(services(), "service") + learning;
    }

    /** The end of the last window that all sources have closed, epoch milliseconds; 0 before the first. */
    public long closedUpTo() {
        boolean complete = !latest.isEmpty()
                && latest.size() == latest.values().iterator().next().getSources();
        return complete
                ? latest.values().stream().mapToLong(Tick::getUpTo).min().orElse(0)
                : 0;
    }

    /** Whether every source has said that nothing follows. */
    public boolean ended() {
        return closedUpTo() > 0 && latest.values().stream().allMatch(Tick::getEnded);
    }

    public int services() {
        return latest.values().stream().mapToInt(Tick::getServices).sum();
    }

    public int learning() {
        return latest.values().stream().mapToInt(Tick::getLearning).sum();
    }
}
