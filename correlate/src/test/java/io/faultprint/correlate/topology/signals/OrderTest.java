package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.MetricKind;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.Tick;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The invariant of identity: what comes out does not depend on the order in which events arrived. */
class OrderTest {

    private static final int WINDOWS = 24;

    @TempDir
    Path directory;

    private final List<SpecificRecord> events = new ArrayList<>();

    @BeforeEach
    void aStoryOfThreeServices() {
        Random random = new Random(42);
        for (int window = 0; window < WINDOWS; window++) {
            for (int i = 0; i < 12; i++) {
                story(random, window, at(window) + random.nextInt(10_000), "t" + window + "-" + i);
            }
        }
        events.add(Events.change("c1", at(15) + 7, "orders"));
        events.add(Events.change("c2", at(16)));
        events.add(Events.alert("a1", at(17) + 9, "web"));
        Collections.shuffle(events, new Random(43));
    }

    private void story(Random random, int window, long time, String trace) {
        boolean trouble = window >= 18 && window <= 20;
        String service = List.of("web", "orders", "stock").get(random.nextInt(3));
        events.add(Events.info(service, time, "order " + random.nextInt(99) + " " + word(random) + " is ready"));
        if (trouble || random.nextInt(20) == 0) {
            events.add(Events.error("orders", time, "no answer from 10.0.0." + random.nextInt(9) + " " + word(random)));
        }
        events.add(Events.gauge(service, time, random.nextGaussian() * 1e9));
        events.add(Events.metric(service, "pod-" + random.nextInt(2), time, MetricKind.COUNTER, (time - at(0)) / 7.0));
        long end = Math.min(time, at(window + 1) - 30);
        events.add(Events.span("web", trace, "a", null, end + 20, 30, trouble));
        events.add(Events.span("orders", trace, "b", "a", end + 10, 20 + random.nextInt(9), trouble));
        events.add(Events.span("stock", trace, "c", "b", end, 10, false));
    }

    /** So many that their place becomes a variable, and the signatures before it aliases. */
    private static String word(Random random) {
        return List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda")
                .get(random.nextInt(11));
    }

    @Test
    void betweenTwoHeartbeatsOrderDoesNotShowAtAll() {
        List<String> once = run("once", 1, 4);

        assertSame(run("again", 1, 4), once);
        for (int seed = 2; seed < 4; seed++) {
            assertSame(run("other" + seed, seed, 4), once);
        }
        assertThat(once).hasSizeGreaterThan(3 * WINDOWS);
        assertThat(once)
                .as("merges among them")
                .anySatisfy(line -> assertThat(readable(line)).contains("\"aliasOf\": \"sig"));
    }

    @Test
    void howOftenHeartbeatsComeShowsOnlyInWhichTickCountsAnEvent() {
        List<String> calm = contents(run("calm", 1, WINDOWS));

        assertSame(contents(run("hasty", 2, 1)), calm);
        assertSame(contents(run("steps", 3, 8)), calm);
    }

    /** The first difference says more than two hundred records in hexadecimal. */
    private static void assertSame(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            assertThat(readable(one.get(i))).as("record %s", i).isEqualTo(readable(other.get(i)));
            assertThat(one.get(i)).as("bytes of record %s", i).isEqualTo(other.get(i));
        }
        assertThat(one).hasSameSizeAs(other);
    }

    private static String readable(String line) {
        return Bench.CODEC
                .decode(HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1)))
                .toString();
    }

    /** All that came out, in order, as text. */
    private List<String> run(String name, int seed, int windowsPerBeat) {
        List<String> out = new ArrayList<>();
        try (Bench bench = new Bench(directory.resolve(name))) {
            bench.beat(Events.ZERO);
            Random random = new Random(seed);
            for (int from = 0; from < WINDOWS; from += windowsPerBeat) {
                long start = at(from);
                long end = at(from + windowsPerBeat);
                List<SpecificRecord> share = new ArrayList<>(events.stream()
                        .filter(e -> time(e) >= start && time(e) < end)
                        .toList());
                Collections.shuffle(share, random);
                share.forEach(bench::tell);
                List<String> topics = new ArrayList<>(Bench.EVENTS);
                Collections.shuffle(topics, random);
                topics.forEach(topic -> bench.beat(topic, end));
            }
            bench.beat(new Heartbeat("door", 1L, Events.ZERO, at(WINDOWS), true, false));
            for (String topic : List.of("snapshots", "digests", "signatures")) {
                bench.out(topic).forEach(record -> out.add(topic + " " + text(record)));
            }
            assertThat(bench.out("late")).isEmpty();
            assertThat(bench.out("dead-letters")).isEmpty();
            assertThat(Stream.of("logs", "metrics", "spans", "changes", "alerts")
                            .map(bench::losses)
                            .mapToLong(LossCount::getKept)
                            .sum())
                    .isEqualTo(events.size());
        }
        return out;
    }

    /** The same without the counts of ticks. */
    private static List<String> contents(List<String> out) {
        return out.stream()
                .map(line -> {
                    byte[] value = HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1));
                    return Bench.CODEC.decode(value) instanceof Tick tick
                            ? "digests - "
                                    + HexFormat.of()
                                            .formatHex(Bench.CODEC.encode(
                                                    "digests",
                                                    Tick.newBuilder(tick)
                                                            .setCounts(List.of())
                                                            .build()))
                            : line;
                })
                .toList();
    }

    private static String text(TestRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "-" : HexFormat.of().formatHex(record.key());
        return key + " " + HexFormat.of().formatHex(record.value());
    }

    private static long time(SpecificRecord event) {
        return ((io.faultprint.event.Envelope) event.get(0)).getEventTime();
    }
}
