package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.baseline.CountBaseline;
import io.faultprint.correlate.snapshot.BaselineRows;
import io.faultprint.correlate.snapshot.SeriesTotals;
import io.faultprint.correlate.snapshot.SignatureLines;
import io.faultprint.correlate.state.CountRow;
import io.faultprint.correlate.state.CounterRow;
import io.faultprint.correlate.state.LevelRow;
import io.faultprint.correlate.state.ServiceRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a task remembers of its services beyond open windows. Rows: {@code s} the service, {@code n} count baselines,
 * {@code l} level baselines, {@code k} where cumulative series stood; each by environment and service.
 */
final class ServiceBaselines implements SignatureTrees.Learned {

    /** Windows after which a series that is not seen gives way in a service that has too many. */
    private static final int UNSEEN = 12;

    /** The same where all services together have too many: an hour of windows of ten seconds. */
    private static final int LONG_UNSEEN = 360;

    /** What stood long ago gives no rate. */
    private static final long OLD_COUNTER_MILLIS = Duration.ofMinutes(10).toMillis();

    private final Rows rows;
    private final Cuts cuts;
    private final Roster roster;
    private final Quota series;
    private final Quota counters;
    private final Map<Name, Tally> tallies = new HashMap<>();
    private int allSeries;
    private int allCounters;

    /** How many rows a service has. */
    private static final class Tally {
        private int series;
        private int counters;
    }

    ServiceBaselines(Rows rows, Cuts cuts, Roster roster, SignalsBounds bounds) {
        this.rows = rows;
        this.cuts = cuts;
        this.roster = roster;
        this.series = new Quota(bounds.baselines(), bounds.series());
        this.counters = new Quota(bounds.baselines(), bounds.points());
        rows.each(RowKey.of('s'), ServiceRow.class, (key, row) -> roster.put(name(key), member(row)));
        for (char row : new char[] {'n', 'l', 'k'}) {
            rows.keys(RowKey.of(row)).forEach(key -> tally(name(key), row, subject(row, key), 1));
        }
    }

    /** A service by name. */
    record Name(String environment, String service) implements Comparable<Name> {

        @Override
        public int compareTo(Name other) {
            int byEnvironment = environment.compareTo(other.environment);
            return byEnvironment != 0 ? byEnvironment : service.compareTo(other.service);
        }
    }

    @Nullable
    ServiceRow service(Name name) {
        return rows.get(key('s', name), ServiceRow.class);
    }

    void put(Name name, ServiceRow row) {
        rows.put(key('s', name), row);
        roster.put(name, member(row));
    }

    /** Forgets all of a service. */
    void forget(Name name) {
        for (char row : new char[] {'s', 'n', 'l', 'k'}) {
            rows.keys(key(row, name)).forEach(rows::delete);
        }
        Tally tally = tallies.remove(name);
        allSeries -= tally == null ? 0 : tally.series;
        allCounters -= tally == null ? 0 : tally.counters;
        roster.remove(name);
    }

    /** Where there are too many series, those not seen for a while make room for others. */
    void makeRoom(Name name, ServiceRow row, long windowStart) {
        Tally tally = tally(name);
        if (tally.series >= series.each()) {
            forgetUnseen(name, row, UNSEEN);
        } else if (series.scarce(allSeries)) {
            forgetUnseen(name, row, LONG_UNSEEN);
        }
        if (tally.counters >= counters.each() || counters.scarce(allCounters)) {
            rows.each(key('k', name), CounterRow.class, (key, counter) -> {
                if (counter.getTime() < windowStart - OLD_COUNTER_MILLIS) {
                    rows.delete(key);
                    tally(name, 'k', "", -1);
                }
            });
        }
    }

    private void forgetUnseen(Name name, ServiceRow row, int windows) {
        rows.each(key('l', name), LevelRow.class, (key, level) -> {
            String subject = subject('l', key);
            int now = subject.startsWith("metric:") ? row.getMetricWindows() : row.getSpanWindows();
            forgetIf(name, 'l', key, subject, level.getSeen() <= now - windows);
        });
        rows.each(key('n', name), CountRow.class, (key, count) -> {
            forgetIf(name, 'n', key, subject('n', key), count.getSeen() <= row.getSpanWindows() - windows);
        });
    }

    private void forgetIf(Name name, char row, Bytes key, String subject, boolean unseen) {
        if (unseen && bounded(subject)) {
            rows.delete(key);
            tally(name, row, subject, -1);
        }
    }

    /** What was learned of a signature's counts goes on under the one that stands for it. */
    @Override
    public void merge(Name name, String signature, String of) {
        RowKey merged = key('n', name).then(SignatureLines.subject(signature));
        CountRow row = rows.get(merged, CountRow.class);
        if (row != null) {
            RowKey survivor = key('n', name).then(SignatureLines.subject(of));
            CountRow before = rows.get(survivor, CountRow.class);
            rows.put(survivor, before == null ? row : CountBaseline.together(before, row));
            rows.delete(merged);
        }
    }

    @Override
    public void forgetSignature(Name name, String signature) {
        rows.delete(key('n', name).then(SignatureLines.subject(signature)));
    }

    BaselineRows baselines(Name name) {
        return new BaselineRows() {
            @Override
            public @Nullable CountRow count(String subject) {
                return rows.get(key('n', name).then(subject), CountRow.class);
            }

            @Override
            public void put(String subject, CountRow row) {
                keep(name, 'n', subject, row);
            }

            @Override
            public @Nullable LevelRow level(String subject) {
                return rows.get(key('l', name).then(subject), LevelRow.class);
            }

            @Override
            public void put(String subject, LevelRow row) {
                keep(name, 'l', subject, row);
            }
        };
    }

    private void keep(Name name, char row, String subject, SpecificRecord baseline) {
        RowKey key = key(row, name).then(subject);
        if (bounded(subject) && !rows.has(key)) {
            if (!series.allows(allSeries, tally(name).series)) {
                cuts.count(Cut.BASELINES, 1);
                return;
            }
            tally(name, row, subject, 1);
        }
        rows.put(key, baseline);
    }

    SeriesTotals.Counters counters(Name name) {
        return new SeriesTotals.Counters() {
            @Override
            public @Nullable CounterRow get(String series, String instance) {
                return rows.get(key('k', name).then(series).then(instance), CounterRow.class);
            }

            @Override
            public void put(String series, String instance, CounterRow row) {
                RowKey key = key('k', name).then(series).then(instance);
                if (!rows.has(key)) {
                    if (!counters.allows(allCounters, tally(name).counters)) {
                        cuts.count(Cut.COUNTERS, 1);
                        return;
                    }
                    tally(name, 'k', "", 1);
                }
                rows.put(key, row);
            }
        };
    }

    /** Subjects whose names senders choose; signatures have a cap of their own, the rest are a handful. */
    private static boolean bounded(String subject) {
        return subject.startsWith("metric:") || subject.startsWith("slow:") || subject.startsWith("failed:");
    }

    private Tally tally(Name name) {
        return tallies.computeIfAbsent(name, key -> new Tally());
    }

    private void tally(Name name, char row, String subject, int more) {
        if (row == 'k') {
            tally(name).counters += more;
            allCounters += more;
        } else if (bounded(subject)) {
            tally(name).series += more;
            allSeries += more;
        }
    }

    private static Roster.Member member(ServiceRow row) {
        int windows = Math.max(row.getLogWindows(), Math.max(row.getSpanWindows(), row.getMetricWindows()));
        return new Roster.Member(windows, row.getLastWindow());
    }

    private static Name name(Bytes key) {
        RowKey.Parts parts = new RowKey.Parts(key);
        parts.kind();
        return new Name(parts.text(), parts.text());
    }

    private static String subject(char row, Bytes key) {
        if (row == 'k') {
            return "";
        }
        RowKey.Parts parts = new RowKey.Parts(key);
        parts.kind();
        parts.text();
        parts.text();
        return parts.text();
    }

    private static RowKey key(char row, Name name) {
        return RowKey.of(row).then(name.environment()).then(name.service());
    }
}
