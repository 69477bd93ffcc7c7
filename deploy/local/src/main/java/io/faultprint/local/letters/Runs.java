package io.faultprint.local.letters;

import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import java.util.Set;
import java.util.TreeSet;

/** Which runs a broker has, as far as topic names tell. */
final class Runs {

    private Runs() {}

    /** What to say when the run has no such topic. */
    static String missing(Run run, Topic kind, Set<String> topics) {
        String suffix = "." + kind.name();
        Set<String> known = new TreeSet<>();
        for (String topic : topics) {
            if (topic.endsWith(suffix)) {
                String name = topic.substring(0, topic.length() - suffix.length());
                int dot = name.indexOf('.');
                String prefix = dot < 0 ? name : name.substring(0, dot);
                String flags = (prefix.equals(Run.MAIN.prefix()) ? "" : "--prefix " + prefix + " ")
                        + (dot < 0 ? "" : "--run " + name.substring(dot + 1));
                known.add(flags.isEmpty() ? "the long-lived one (no --run)" : flags.strip());
            }
        }
        String which = run.id().isEmpty() ? "--prefix " + run.prefix() : "--run " + run.id();
        return which + ": the broker has no topic " + run.topic(kind.name()) + "; "
                + (known.isEmpty() ? "it has no run of Faultprint at all" : "runs there: " + String.join(", ", known));
    }
}
