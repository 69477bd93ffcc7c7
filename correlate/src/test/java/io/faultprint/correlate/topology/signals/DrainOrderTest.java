package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.AlertStatus;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.MetricKind;
import io.faultprint.event.SpanEvent;
import io.faultprint.snapshot.Tick;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The invariant of identity for whole logs: each topic keeps its own order (events out of order within the lateness,
 * heartbeats between them), and the topics are read in any order, wholly one before the other included.
 */
class DrainOrderTest {

    private static final int WINDOWS = 20;
    private static final long LATENESS = 15_000;
    private static final int ORDERS = Integer.getInteger("determinism.orders", 30);

    @TempDir
    Path directory;

    private record Timed(long at, SpecificRecord value) {}

    private record Log(String topic, ArrayDeque<Timed> rest) {
        long next() {
            return rest.element().at();
        }
    }

    @Test
    void whichTopicIsReadFirstDoesNotShow() {
        List<String> once = run(0, topic -> 0, "in time");

        for (int seed = 1; seed <= ORDERS; seed++) {
            assertSame(run(seed, topic -> 0, "order " + seed), once, "order of topics with seed " + seed);
        }
        assertThat(once).hasSizeGreaterThan(3 * WINDOWS);
    }

    @Test
    void norWhichEventCameFirstWithinTheLateness() {
        List<String> once = run(0, topic -> 0, "in time");

        for (int seed = 1; seed <= ORDERS; seed++) {
            int order = seed;
            assertSame(run(seed, topic -> order, "shuffled " + seed), once, "order of events with seed " + seed);
        }
    }

    private interface Shuffle {
        int seedOf(String topic);
    }

    /** All that came out but the counts of ticks; seed 0 is by time. */
    private List<String> run(int seed, Shuffle shuffle, String name) {
        List<Log> logs = Bench.EVENTS.stream()
                .map(topic -> new Log(topic, new ArrayDeque<>(log(topic, shuffle.seedOf(topic)))))
                .toList();
        List<String> out = new ArrayList<>();
        try (Bench bench = new Bench(directory.resolve(name))) {
            drain(logs, seed, (topic, value) -> {
                if (value instanceof Heartbeat beat) {
                    bench.beat(topic, beat);
                } else {
                    bench.tell(value);
                }
            });
            for (String topic : List.of("snapshots", "digests", "signatures")) {
                bench.out(topic).forEach(record -> out.add(topic + " " + text(record)));
            }
            assertThat(bench.out("late")).as("late with seed %s", seed).isEmpty();
        }
        return out;
    }

    private interface Reader {
        void read(String topic, SpecificRecord value);
    }

    /** By time, one topic after the other, in steps of one, in chunks, or with one topic far behind the others. */
    private static void drain(List<Log> logs, int seed, Reader reader) {
        Random random = new Random(seed);
        List<Log> left = new ArrayList<>(logs);
        Collections.shuffle(left, random);
        int chunk = seed == 0 ? 1 : List.of(Integer.MAX_VALUE, 1, 40, 400).get(seed % 4);
        while (!left.isEmpty()) {
            int choice = seed % 3 == 0 ? Math.max(1, left.size() - 1) : left.size();
            Log log = seed == 0
                    ? Collections.min(left, Comparator.comparingLong(Log::next).thenComparing(Log::topic))
                    : left.get(random.nextInt(choice));
            for (int i = 0; i < chunk && !log.rest().isEmpty(); i++) {
                reader.read(log.topic(), log.rest().remove().value());
            }
            if (log.rest().isEmpty()) {
                left.remove(log);
            }
        }
    }

    /** A topic's log: its events, each up to the lateness after its time, and a heartbeat at each end of a window. */
    private static List<Timed> log(String topic, int seed) {
        Random random = new Random(seed);
        List<Timed> log = new ArrayList<>();
        for (int window = 0; window <= WINDOWS; window++) {
            boolean last = window == WINDOWS;
            Heartbeat beat = new Heartbeat("door", 1L, Events.ZERO, at(window), last, false);
            log.add(new Timed(at(window) + LATENESS, beat));
        }
        log.add(new Timed(Events.ZERO, new Heartbeat("door", 1L, Events.ZERO, Events.ZERO - LATENESS, false, false)));
        for (SpecificRecord event : story()) {
            if (Bench.topicOf(event).equals(topic)) {
                log.add(new Timed(time(event) + (seed == 0 ? 0 : random.nextLong(LATENESS)), event));
            }
        }
        log.sort(Comparator.comparingLong(Timed::at).thenComparing(each -> each.value() instanceof Heartbeat ? 0 : 1));
        return log;
    }

    private static List<SpecificRecord> story() {
        Random random = new Random(42);
        List<SpecificRecord> events = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            for (int i = 0; i < 4; i++) {
                story(events, random, at(window) + 100 + random.nextInt(9_000), "t" + window + "-" + i);
            }
        }
        events.add(Events.change("c1", at(15) + 7, "orders"));
        events.add(Events.change("c2", at(16)));
        // The same once more, told otherwise: by two tools that give the same id.
        events.add(ChangeEvent.newBuilder(Events.change("c1", at(15) + 7, "orders"))
                .setWhat("what another tool calls it")
                .build());
        events.add(Events.alert("a1", at(17) + 9, "web"));
        events.add(AlertEvent.newBuilder(Events.alert("a1", at(17) + 2_000, "web"))
                .setStatus(AlertStatus.RESOLVED)
                .build());
        return events;
    }

    private static void story(List<SpecificRecord> events, Random random, long time, String trace) {
        boolean trouble = time >= at(15) && time < at(17);
        String service = List.of("web", "orders", "stock").get(random.nextInt(3));
        events.add(Events.info(service, time, "order " + random.nextInt(99) + " is ready for " + service));
        if (trouble) {
            events.add(Events.error("orders", time, "no answer from 10.0.0." + random.nextInt(9)));
        }
        events.add(Events.gauge(service, time, random.nextGaussian() * 1e9));
        events.add(Events.metric(service, "pod-" + random.nextInt(2), time, MetricKind.COUNTER, (time - at(0)) / 7.0));
        // Some parents end long after their children: about as long as a span waits.
        long later = random.nextInt(3) == 0 ? 45_000 + random.nextInt(35_000) : 20;
        if (time + later < at(WINDOWS) - 100) {
            events.add(Events.span("web", trace, "a", null, time + later, later + 10, trouble));
            events.add(Events.span("orders", trace, "b", "a", time + 10, 20 + random.nextInt(9), trouble));
            events.add(Events.span("stock", trace, "c", "b", time, 10, false));
            if (random.nextInt(4) == 0) {
                // Tracers that let a call's two sides share one span id.
                events.add(Events.span("web", trace, "c", "b", time + 5, 15, trouble));
                events.add(Events.span("pay", trace, "d", "c", time + 4, 3, trouble));
                // And a sender that repeats itself.
                SpanEvent again = Events.span("pay", trace, "d", "c", time + 4, 3, trouble);
                events.add(again);
            }
        }
    }

    private static String text(TestRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (Bench.CODEC.decode(value) instanceof Tick tick) {
            value = Bench.CODEC.encode(
                    "digests", Tick.newBuilder(tick).setCounts(List.of()).build());
        }
        String key = record.key() == null ? "-" : HexFormat.of().formatHex(record.key());
        return key + " " + HexFormat.of().formatHex(value);
    }

    /** The first difference says more than two hundred records in hexadecimal. */
    private static void assertSame(List<String> one, List<String> other, String what) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            assertThat(readable(one.get(i))).as("%s: record %s", what, i).isEqualTo(readable(other.get(i)));
            assertThat(one.get(i)).as("%s: bytes of record %s", what, i).isEqualTo(other.get(i));
        }
        assertThat(one).as(what).hasSameSizeAs(other);
    }

    private static String readable(String line) {
        return Bench.CODEC
                .decode(HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1)))
                .toString();
    }

    private static long time(SpecificRecord event) {
        return ((Envelope) event.get(0)).getEventTime();
    }
}
