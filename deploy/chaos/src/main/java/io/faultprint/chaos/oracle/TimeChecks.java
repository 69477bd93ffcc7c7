package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.world.WorldSettings;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nobody is called late who came in time, and nobody silent who spoke. */
final class TimeChecks {

    private final Sent sent;
    private final Said said;

    TimeChecks(Sent sent, Said said) {
        this.sent = sent;
        this.said = said;
    }

    List<Finding> all() {
        return List.of(late(), silent());
    }

    /** A partition's own heartbeats decide, as they stand before the event. Changes wait for no door of their own. */
    private Finding late() {
        List<String> wrong = new ArrayList<>();
        long late = 0;
        for (Sent.Event event : sent.events()) {
            long end = event.window() + WorldSettings.WINDOWS.sizeMillis();
            boolean told = said.lateFrom.containsKey(event.place());
            late += told ? 1 : 0;
            if (event.kind() != Book.Kind.CHANGES && told != (end <= event.promised())) {
                wrong.add("%s, of the window until %d, was promised until %d and is called %s"
                        .formatted(event.place(), end, event.promised(), told ? "late" : "in time"));
            }
        }
        return Finding.of(
                "late is what came after its time, and nothing else",
                wrong.isEmpty() ? "" : wrong.size() + " wrong, the first: " + wrong.get(0),
                "%,d late".formatted(late));
    }

    /** Late or not: whoever spoke in a window was not silent in it. */
    private Finding silent() {
        Set<String> spoke = new HashSet<>();
        sent.events().stream()
                .filter(event -> event.kind() != Book.Kind.CHANGES)
                .forEach(event -> spoke.add(event.service() + "@" + event.window()));
        List<String> wrong = new ArrayList<>();
        int silent = 0;
        for (Snapshot snapshot : said.snapshots) {
            String where = snapshot.getService() + "@" + snapshot.getWindowStart();
            for (Surprise surprise : snapshot.getSurprises()) {
                if (surprise.getKind() == SurpriseKind.SERVICE_SILENT) {
                    silent++;
                    if (spoke.contains(where)) {
                        wrong.add(where);
                    }
                }
            }
        }
        return Finding.of(
                "nobody is called silent who spoke",
                wrong.isEmpty() ? "" : wrong.size() + " are, the first: " + wrong.get(0),
                "%d silences".formatted(silent));
    }
}
