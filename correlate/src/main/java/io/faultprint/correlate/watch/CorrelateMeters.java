package io.faultprint.correlate.watch;

import io.faultprint.correlate.watch.TaskFacts.Door;
import io.faultprint.correlate.watch.TaskFacts.Input;
import io.faultprint.correlate.watch.TaskFacts.Source;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the watcher sees, as metrics; deploy/METRICS.md says what each means. Labels are partitions, doors and stores. */
final class CorrelateMeters implements AutoCloseable {

    private static final List<String> NAMES = Stream.of(
                    Stream.of("logs", "metrics", "spans", "changes", "alerts", "partials", "digests")
                            .flatMap(kind -> Stream.of("kept", "late", "duplicated", "dead-lettered", "dropped")
                                    .map(fate -> "events/" + kind + "/" + fate)),
                    Stream.of("windows/covered", "windows/blind"),
                    Stream.of(
                                    "services",
                                    "forms",
                                    "ignored",
                                    "points",
                                    "baselines",
                                    "counters",
                                    "signatures",
                                    "operations",
                                    "edges",
                                    "waiting",
                                    "instances",
                                    "versions",
                                    "changes",
                                    "alerts",
                                    "batches")
                            .map(bound -> "cuts/" + bound))
            .flatMap(names -> names)
            .toList();

    /** A counter for each first part of a total's name. */
    private enum Total {
        EVENTS("events", "Events of the run by what became of them, as committed", "kind/outcome"),
        WINDOWS(
                "windows.closed",
                "Windows of the run closed by the sources of digests, by whether doors covered them",
                "seen"),
        CUTS("cuts", "What bounds of signals left out in the run, as committed", "bound");

        private final String counter;
        private final String about;
        private final String labels;

        Total(String counter, String about, String labels) {
            this.counter = "faultprint.correlate." + counter;
            this.about = about;
            this.labels = labels;
        }

        private Tags tags(String[] parts) {
            String[] names = labels.split("/", -1);
            Tags tags = Tags.empty();
            for (int i = 0; i < names.length; i++) {
                tags = tags.and(names[i], parts[i + 1]);
            }
            return tags;
        }
    }

    private final MeterRegistry registry;
    private final Map<String, MultiGauge> gauges = new HashMap<>();
    private final Map<String, Map<Tags, Value>> values = new HashMap<>();
    private final Map<Tags, AtomicLong> counters = new HashMap<>();
    private final List<Meter> counterMeters = new ArrayList<>();

    CorrelateMeters(MeterRegistry registry) {
        this.registry = registry;
        gauge("lag", "records", "Records of own partitions that are not read yet");
        gauge("watermark.delay", "seconds", "Wall clock less watermark, by own input partition");
        gauge("input.behind", "seconds", "How far an input is behind the farthest of its task, which waits for it");
        gauge("door.silence", "seconds", "Since the last heartbeat of a door, in the input that misses it longest");
        gauge("source.behind", "seconds", "How far a source of ticks is behind the farthest");
        gauge("open.windows", null, "Windows with contents that are not closed, the most of any task");
        gauge("services", null, "Services known and, of these, still being learned");
        gauge("flood", "lines", "Lines beyond the cap on forms in the last closed window");
        gauge("incidents.open", null, "Incidents that go on");
        gauge("state.rows", null, "Rows in a state store");
        gauge("restoring", null, "1 while state is read back");
        gauge("restored", "records", "Records read back into a store since the start");
        gauge("restore.remaining", "records", "Records still to be read back into a store");
    }

    private void gauge(String name, @Nullable String unit, String about) {
        String full = "faultprint.correlate." + name;
        gauges.put(
                name, MultiGauge.builder(full).description(about).baseUnit(unit).register(registry));
    }

    void show(
            List<AppView> apps,
            Map<String, Board.Said> tasks,
            Map<String, Long> totals,
            ToLongBiFunction<Input, Door> silence,
            long now) {
        Table lag = new Table();
        Table restoring = new Table();
        Table restored = new Table();
        Table remaining = new Table();
        for (AppView app : apps) {
            app.lag().forEach((partition, records) -> lag.add(records, "topic", topicOf(partition)));
            restoring.add(app.restoring().isEmpty() ? 0 : 1, "application", app.name());
            app.restored().forEach((store, records) -> restored.add(records, "store", store));
            app.restored()
                    .forEach(
                            (store, records) -> remaining.add(app.restoring().getOrDefault(store, 0L), "store", store));
        }
        show("lag", lag);
        show("restoring", restoring);
        show("restored", restored);
        show("restore.remaining", remaining);
        tasks(tasks, silence, now);
        if (!totals.isEmpty()) {
            // A counter must be there before it first counts, or its first rise is not seen.
            NAMES.forEach(name -> count(name, totals.getOrDefault(name, 0L)));
        }
        totals.forEach(this::count);
    }

    private void tasks(Map<String, Board.Said> tasks, ToLongBiFunction<Input, Door> silence, long now) {
        Table delay = new Table();
        Table behind = new Table();
        Table doors = new Table();
        Table sources = new Table();
        Table windows = new Table();
        Table services = new Table();
        Table flood = new Table();
        Table incidents = new Table();
        Table rows = new Table();
        for (Board.Said said : tasks.values()) {
            TaskFacts facts = said.facts();
            String processor = facts.task().substring(0, facts.task().lastIndexOf('-'));
            inputs(facts, delay, behind, now);
            facts.inputs()
                    .forEach(input -> input.doors().forEach(door -> {
                        if (!door.ended()) {
                            doors.most(silence.applyAsLong(input, door) / 1000.0, "door", door.name());
                        }
                    }));
            sources(facts, sources, delay, now);
            windows.most(facts.openWindows(), "processor", processor);
            services.add(facts.services().known(), "state", "known");
            services.add(facts.services().learning(), "state", "learning");
            flood.add(facts.services().flooded());
            incidents.add(facts.incidents());
            facts.rows().forEach((store, count) -> rows.add(count, "store", store));
        }
        show("watermark.delay", delay);
        show("input.behind", behind);
        show("door.silence", doors);
        show("source.behind", sources);
        show("open.windows", windows);
        show("services", services);
        show("flood", flood);
        show("incidents.open", incidents);
        show("state.rows", rows);
    }

    private static void inputs(TaskFacts facts, Table delay, Table behind, long now) {
        long farthest =
                facts.inputs().stream().mapToLong(Input::watermark).max().orElse(TaskFacts.UNKNOWN);
        for (Input input : facts.inputs()) {
            if (input.watermark() != TaskFacts.UNKNOWN) {
                String[] tags = {"topic", input.topic(), "partition", Integer.toString(input.partition())};
                delay.add((now - input.watermark()) / 1000.0, tags);
                behind.add((farthest - input.watermark()) / 1000.0, tags);
            }
        }
    }

    private static void sources(TaskFacts facts, Table sources, Table delay, long now) {
        TaskFacts.Ticks ticks = facts.ticks();
        if (ticks.upTo() != TaskFacts.UNKNOWN) {
            delay.add(
                    (now - ticks.upTo()) / 1000.0,
                    "topic",
                    ticks.topic(),
                    "partition",
                    Integer.toString(ticks.partition()));
        }
        long farthest = ticks.sources().stream().mapToLong(Source::upTo).max().orElse(TaskFacts.UNKNOWN);
        for (Source source : ticks.sources()) {
            sources.most(
                    (farthest - source.upTo()) / 1000.0,
                    "topic",
                    ticks.topic(),
                    "source",
                    Integer.toString(source.number()));
        }
    }

    /**
     * Rows that stay are not registered anew, only their values change: a scrape that came between taking a row away and
     * putting it back would find it twice, and fail as a whole.
     */
    private void show(String name, Table table) {
        MultiGauge gauge = gauges.get(name);
        if (gauge != null) {
            gauge.register(table.rows(values.computeIfAbsent(name, key -> new HashMap<>())), false);
        }
    }

    /** Totals by name: {@code events/KIND/FATE}, {@code windows/covered} or {@code windows/blind}, {@code cuts/BOUND}. */
    private void count(String name, long total) {
        String[] parts = name.split("/", -1);
        Total of = Total.valueOf(parts[0].toUpperCase(Locale.ROOT));
        counters.computeIfAbsent(of.tags(parts), key -> {
                    AtomicLong value = new AtomicLong();
                    counterMeters.add(FunctionCounter.builder(of.counter, value, AtomicLong::get)
                            .description(of.about)
                            .tags(key)
                            .register(registry));
                    return value;
                })
                .set(total);
    }

    private static String topicOf(String partition) {
        return partition.substring(0, partition.lastIndexOf('-'));
    }

    @Override
    public void close() {
        gauges.values().forEach(gauge -> gauge.register(List.of(), true));
        values.clear();
        counterMeters.forEach(registry::remove);
        counterMeters.clear();
        counters.clear();
    }

    /** What the gauge of one row reads; written by the watcher, read by whoever scrapes. */
    private static final class Value {
        private volatile double now;
    }

    /** Values by labels, added up or the most of them. */
    private static final class Table {

        private final Map<String, Double> values = new TreeMap<>();
        private final Map<String, Tags> tags = new HashMap<>();

        void add(double value, String... labels) {
            values.merge(key(labels), value, Double::sum);
        }

        void most(double value, String... labels) {
            values.merge(key(labels), value, Double::max);
        }

        private String key(String... labels) {
            String key = String.join("\n", labels);
            tags.putIfAbsent(key, Tags.of(labels));
            return key;
        }

        /** The rows, each with the holder that its gauge reads; holders of rows that are gone are let go. */
        List<MultiGauge.Row<?>> rows(Map<Tags, Value> holders) {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            values.forEach((key, value) -> {
                Value holder = holders.computeIfAbsent(tags.getOrDefault(key, Tags.empty()), row -> new Value());
                holder.now = value;
                rows.add(MultiGauge.Row.of(tags.getOrDefault(key, Tags.empty()), holder, row -> row.now));
            });
            holders.keySet().retainAll(List.copyOf(tags.values()));
            return rows;
        }
    }
}
