package io.faultprint.local.evaluate;

import io.faultprint.evaluate.core.Said;
import io.faultprint.evaluate.truth.Case;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How much has been evaluated, and how fast. */
public final class Speed {

    private final long began = System.nanoTime();
    private int cases;
    private long events;
    private long millis;

    /** Counts a case; how far it is, in a line. */
    public synchronized String add(Case which, Said said) {
        cases++;
        events += said.replay().loss().acknowledged();
        millis += said.millis();
        return cases + " evaluated, the last was " + which.name();
    }

    /** For the end of a report. */
    public synchronized Map<String, String> facts() {
        double seconds = (System.nanoTime() - began) / 1e9;
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cases", Integer.toString(cases));
        facts.put("events", String.format(Locale.ROOT, "%,d", events));
        facts.put("event time", String.format(Locale.ROOT, "%.1f h", millis / 3_600_000.0));
        facts.put(
                "evaluated in",
                String.format(Locale.ROOT, "%.0f s, %.0f times real time", seconds, millis / 1000.0 / seconds));
        facts.put(
                "host",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.arch") + ", Java "
                        + Runtime.version());
        return facts;
    }
}
