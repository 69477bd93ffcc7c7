package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.state.LogRow;
import io.faultprint.correlate.state.PointRow;
import io.faultprint.correlate.state.SeenRow;
import io.faultprint.correlate.topology.signals.ServiceBaselines.Name;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.topic.Topics;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Which services a task listens to: those it knows, and of strangers as many as there is room for. What is left out of
 * a service that has to leave is counted, event by event.
 */
final class Visitors {

    private final Rows windowRows;
    private final Roster roster;
    private final Guests guests;
    private final Losses losses;
    private final Cuts cuts;
    private final boolean readsSpans;

    /**
     * @param strangers services that one open window may hold beside those known
     * @param readsSpans whether spans are events of this task; else their sums are another's, which counted them
     */
    Visitors(Rows windowRows, Roster roster, Crowd crowd, int strangers, Losses losses, Cuts cuts, boolean readsSpans) {
        this.windowRows = windowRows;
        this.roster = roster;
        this.losses = losses;
        this.cuts = cuts;
        this.readsSpans = readsSpans;
        this.guests = new Guests(windowRows, roster, crowd, strangers, this::leaveFor);
    }

    /** Whether rows of the service may stand in the window; if not, so many events are dropped of this kind. */
    boolean admit(long windowStart, Name name, @Nullable String kind, long events) {
        if (guests.admit(windowStart, name)) {
            return true;
        }
        cuts.count(Cut.SERVICES, events);
        if (kind != null) {
            losses.drop(kind, events);
        }
        return false;
    }

    /** Decides at a window's close which strangers are known from now on; the others leave it. */
    void settle(long windowStart, Consumer<Name> forget) {
        guests.close(windowStart);
        Set<Name> present = present(windowStart);
        List<Name> newcomers = present.stream()
                .filter(name -> !roster.knows(name))
                .sorted(Comparator.comparing(
                                (Name name) -> Lot.of(name.environment(), name.service()), Long::compareUnsigned)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        roster.giveWay(newcomers.size(), present).forEach(forget);
        int room = Math.min(roster.free(), newcomers.size());
        newcomers.subList(room, newcomers.size()).forEach(name -> turnAway(windowStart, name));
    }

    /** Those who have rows in the window. */
    private Set<Name> present(long windowStart) {
        Set<Name> names = new HashSet<>();
        RowKey window = Closing.windowKey(windowStart);
        Bytes key = windowRows.firstKey(window.bytes(), window);
        while (key != null) {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            parts.number();
            Name name = new Name(parts.text(), parts.text());
            if (!name.service().isEmpty()) {
                names.add(name);
            }
            RowKey cell = WindowKeys.cell(windowStart, name.environment(), name.service());
            key = windowRows.firstKey(cell.end(), window);
        }
        return names;
    }

    List<Name> known() {
        return roster.names();
    }

    boolean knows(Name name) {
        return roster.knows(name);
    }

    Cuts cuts() {
        return cuts;
    }

    void dropPoints(long points) {
        cuts.count(Cut.POINTS, points);
        losses.drop(Topics.METRICS.name(), points);
    }

    /** A guest leaves for another, unless it has become known meanwhile. */
    private void leaveFor(long windowStart, Name name) {
        if (!roster.knows(name)) {
            turnAway(windowStart, name);
        }
    }

    private void turnAway(long windowStart, Name name) {
        long lines = 0;
        long points = 0;
        long spans = 0;
        long others = 0;
        RowKey cell = WindowKeys.cell(windowStart, name.environment(), name.service());
        for (KeyValue<Bytes, @Nullable SpecificRecord> row : windowRows.all(cell)) {
            SpecificRecord value = row.value;
            if (value instanceof LogRow line) {
                lines += line.getCount();
            } else if (value instanceof PointRow point) {
                points += point.getPoints();
            } else if (value instanceof SeenRow seen && isCountOf(row.key, WindowKeys.LINES)) {
                lines += seen.getFlood();
            } else if (value instanceof SpanPartial sum) {
                spans += sum.getCount();
            } else if (value instanceof ChangeEvent || value instanceof AlertEvent) {
                others++;
            }
            windowRows.delete(row.key);
        }
        losses.drop(Topics.LOGS.name(), lines);
        losses.drop(Topics.METRICS.name(), points);
        losses.drop(Topics.SPANS.name(), readsSpans ? spans : 0);
        cuts.count(Cut.SERVICES, lines + points + spans + others);
    }

    private static boolean isCountOf(Bytes key, char kind) {
        return key.get()[key.get().length - 1] == kind;
    }
}
