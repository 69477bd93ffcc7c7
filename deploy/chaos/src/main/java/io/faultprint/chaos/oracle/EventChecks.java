package io.faultprint.chaos.oracle;

import io.faultprint.chaos.load.Book;
import io.faultprint.chaos.load.Stamp;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** Every event that was acknowledged: in its topic, in one fate, and counted in its window. */
final class EventChecks {

    private final Book book;
    private final Sent sent;
    private final Said said;
    private final Fates fates;

    EventChecks(Book book, Sent sent, Said said) {
        this.book = book;
        this.sent = sent;
        this.said = said;
        this.fates = new Fates(sent, said);
    }

    List<Finding> all() {
        return List.of(acknowledged(), invented(), asSent(), losses(), windows(), once(), dead());
    }

    private Finding acknowledged() {
        StringBuilder wrong = new StringBuilder();
        long total = 0;
        for (Book.Kind kind : Book.Kind.values()) {
            total += book.acknowledged(kind);
            SortedSet<String> missing = book.missing(kind, sent.stamps(kind));
            if (!missing.isEmpty()) {
                wrong.append("%s: %d acknowledged and not in the topic, the first %s; "
                        .formatted(kind, missing.size(), missing.first()));
            }
        }
        return Finding.of(
                "acknowledged events are in their topics", wrong.toString(), "%,d acknowledged".formatted(total));
    }

    private Finding invented() {
        List<String> invented = sent.invented();
        return Finding.of(
                "no event that nobody sent",
                invented.isEmpty() ? "" : invented.size() + " that nobody made, the first " + invented.get(0),
                "none");
    }

    /** Under their service, at their time, and no more often than they were posted. */
    private Finding asSent() {
        List<String> wrong = new ArrayList<>(sent.altered());
        long again = 0;
        for (Book.Kind kind : Book.Kind.values()) {
            for (Map.Entry<Stamp, Integer> event : sent.copies(kind).entrySet()) {
                int posts = book.posts(kind, event.getKey());
                again += event.getValue() - 1;
                if (event.getValue() > posts) {
                    wrong.add("%s %s was posted %d times and stands there %d times"
                            .formatted(kind, event.getKey().text(), posts, event.getValue()));
                }
            }
        }
        return Finding.of(
                "events stand there as they were sent",
                wrong.isEmpty() ? "" : wrong.size() + " do not, the first: " + wrong.get(0),
                "%,d copies, of requests that were sent again".formatted(again));
    }

    /** The loss equation of the ticks, against what the topics say. */
    private Finding losses() {
        StringBuilder wrong = new StringBuilder();
        Fates.Sum all = new Fates.Sum();
        for (Book.Kind kind : Book.Kind.values()) {
            Fates.Sum sum = fates.sums.getOrDefault(kind, new Fates.Sum());
            LossCount told = said.losses.getOrDefault(Sent.topicOf(kind), new LossCount("", 0L, 0L, 0L, 0L, 0L, 0L));
            long foreign = sent.foreign(kind);
            boolean same = told.getIn() == sum.in + foreign
                    && told.getKept() == sum.kept
                    && told.getLate() == sum.late
                    && told.getDuplicated() == sum.duplicated
                    && told.getDeadLettered() + told.getDropped() == foreign;
            if (!same) {
                wrong.append(
                        ("%s: the ticks say in %d = kept %d + late %d + duplicated %d + dead-lettered %d + dropped %d, "
                                        + "the topics in %d = %d + %d + %d + %d; ")
                                .formatted(
                                        kind,
                                        told.getIn(),
                                        told.getKept(),
                                        told.getLate(),
                                        told.getDuplicated(),
                                        told.getDeadLettered(),
                                        told.getDropped(),
                                        sum.in + foreign,
                                        sum.kept,
                                        sum.late,
                                        sum.duplicated,
                                        foreign));
            }
            all.in += sum.in;
            all.kept += sum.kept;
            all.late += sum.late;
            all.duplicated += sum.duplicated;
        }
        return Finding.of(
                "in = kept + late + duplicated + refused",
                wrong.toString(),
                "%,d = %,d + %,d + %,d, as the topics say".formatted(all.in, all.kept, all.late, all.duplicated));
    }

    /** Counts per service and window, and one snapshot of each. */
    private Finding windows() {
        Map<String, Long> logs = new TreeMap<>();
        Map<String, Long> spans = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (Snapshot snapshot : said.snapshots) {
            String where = snapshot.getService() + "@" + snapshot.getWindowStart();
            if (!seen.add(snapshot.getEnvironment() + "/" + where)) {
                wrong.add(where + " has two snapshots");
            }
            put(logs, where, snapshot.getLogs());
            put(spans, where, snapshot.getSpans());
        }
        compare("lines", fates.logs, logs, wrong);
        compare("spans", fates.spans, spans, wrong);
        return Finding.of(
                "counts per service and window are as sent",
                wrong.isEmpty() ? "" : wrong.size() + " wrong, the first: " + wrong.get(0),
                "%,d snapshots".formatted(said.snapshots.size()));
    }

    private static void put(Map<String, Long> counts, String where, long count) {
        if (count > 0) {
            counts.merge(where, count, Long::sum);
        }
    }

    private void compare(String what, Map<String, Long> asSent, Map<String, Long> told, List<String> wrong) {
        Set<String> places = new HashSet<>(asSent.keySet());
        places.addAll(told.keySet());
        for (String where : places) {
            long window = Long.parseLong(where.substring(where.indexOf('@') + 1));
            long sum = asSent.getOrDefault(where, 0L);
            long counted = told.getOrDefault(where, 0L);
            if (window < said.closedUpTo() && sum != counted) {
                wrong.add("%s: %d %s sent, %d in the snapshot".formatted(where, sum, what, counted));
            }
        }
    }

    private Finding once() {
        return Finding.of(
                "a late event is told once",
                fates.lateTwice.isEmpty() ? "" : fates.lateTwice + " stand in late more than once",
                "%,d late".formatted(said.lateFrom.size()));
    }

    private Finding dead() {
        Set<Place> ours = new HashSet<>();
        sent.events().forEach(event -> ours.add(event.place()));
        List<Place> refused =
                said.deadFrom.keySet().stream().filter(ours::contains).toList();
        return Finding.of(
                "no good event is refused",
                refused.isEmpty() ? "" : refused.size() + " stand in dead-letters, the first " + refused.get(0),
                "none of ours in dead-letters");
    }
}
