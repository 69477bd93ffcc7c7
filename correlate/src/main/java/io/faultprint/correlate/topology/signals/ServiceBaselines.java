package io.faultprint.correlate.topology.signals;

import io.faultprint.correlate.snapshot.BaselineRows;
import io.faultprint.correlate.snapshot.SeriesTotals;
import io.faultprint.correlate.state.CountRow;
import io.faultprint.correlate.state.CounterRow;
import io.faultprint.correlate.state.LevelRow;
import io.faultprint.correlate.state.ServiceRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task remembers of its services beyond open windows. Rows: {@code s} the service, {@code n} count baselines,
 * {@code l} level baselines, {@code k} where cumulative series stood; each by environment and service.
 */
final class ServiceBaselines {

    private final Rows rows;

    ServiceBaselines(Rows rows) {
        this.rows = rows;
    }

    /** A service by name. */
    record Name(String environment, String service) implements Comparable<Name> {

        @Override
        public int compareTo(Name other) {
            int byEnvironment = environment.compareTo(other.environment);
            return byEnvironment != 0 ? byEnvironment : service.compareTo(other.service);
        }
    }

    List<Name> services() {
        List<Name> names = new ArrayList<>();
        rows.keys(RowKey.of('s')).forEach(key -> {
            RowKey.Parts parts = new RowKey.Parts(key);
            parts.kind();
            names.add(new Name(parts.text(), parts.text()));
        });
        return names;
    }

    @Nullable
    ServiceRow service(Name name) {
        return rows.get(key('s', name), ServiceRow.class);
    }

    void put(Name name, ServiceRow row) {
        rows.put(key('s', name), row);
    }

    /** Forgets all of a service but its signatures, which are knowledge. */
    void forget(Name name) {
        for (char row : new char[] {'s', 'n', 'l', 'k'}) {
            rows.keys(key(row, name)).forEach(rows::delete);
        }
    }

    BaselineRows baselines(Name name) {
        return new BaselineRows() {
            @Override
            public @Nullable CountRow count(String subject) {
                return rows.get(key('n', name).then(subject), CountRow.class);
            }

            @Override
            public void put(String subject, CountRow row) {
                rows.put(key('n', name).then(subject), row);
            }

            @Override
            public @Nullable LevelRow level(String subject) {
                return rows.get(key('l', name).then(subject), LevelRow.class);
            }

            @Override
            public void put(String subject, LevelRow row) {
                rows.put(key('l', name).then(subject), row);
            }
        };
    }

    SeriesTotals.Counters counters(Name name) {
        return new SeriesTotals.Counters() {
            @Override
            public @Nullable CounterRow get(String series, String instance) {
                return rows.get(key('k', name).then(series).then(instance), CounterRow.class);
            }

            @Override
            public void put(String series, String instance, CounterRow row) {
                rows.put(key('k', name).then(series).then(instance), row);
            }
        };
    }

    private static RowKey key(char row, Name name) {
        return RowKey.of(row).then(name.environment()).then(name.service());
    }
}
