package io.faultprint.correlate;

import static io.faultprint.correlate.topology.signals.Events.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.topology.signals.Brakes;
import io.faultprint.correlate.topology.signals.Events;
import io.faultprint.correlate.topology.signals.SignalsBounds;
import io.faultprint.event.Heartbeat;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transactions aborted in the middle of windows, on a real broker: the heap is built again from what was committed, and
 * everything that is written is what an undisturbed run writes, byte for byte. More seeds: {@code
 * -Dfaultprint.abort.seeds=20 -Dfaultprint.abort.faults=12}.
 */
class AbortIT {

    private static final int WINDOWS = 40;

    /** Each costs seconds, in which the group forms anew. */
    private static final int FAULTS = Integer.getInteger("faultprint.abort.faults", 4);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So small that forms, signatures and waiting spans are left out all the time. */
    private static final SignalsBounds SMALL = new SignalsBounds(60, 30, 20, 60, 12, 24, 30, 200, 8L << 20, 12);

    private static final List<String> OUTPUTS = List.of(
            "losses",
            "cuts",
            "partials",
            "late",
            "signatures",
            "snapshots",
            "incidents",
            "clusters",
            "digests",
            "dead-letters");

    @TempDir
    static Path directory;

    private static NodeProcess kafka;
    private static Rig rig;
    private static List<List<String>> undisturbed;

    @BeforeAll
    static void undisturbed() throws Exception {
        kafka = Nodes.kafka(directory.resolve("kafka"));
        rig = new Rig(kafka.address(), directory);
        Brakes brakes = new Brakes();
        BrakedClients clients = new BrakedClients(brakes::holds);
        try (Topics topics = rig.topics("undisturbed");
                StreamsApp signals = rig.signals("undisturbed", SMALL, brakes, clients);
                StreamsApp incidents = rig.incidents("undisturbed", clients)) {
            signals.start();
            incidents.start();
            for (int window = 0; window < WINDOWS; window += 4) {
                tell(topics, window, 4);
            }
            await().atMost(PATIENCE).until(topics::ended);
            await().atMost(PATIENCE).until(() -> !topics.incidents().isEmpty());
            undisturbed = all(topics);
        }
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    static List<Long> seeds() {
        Long one = Long.getLong("faultprint.abort.seed");
        if (one != null) {
            return List.of(one, one + 1);
        }
        int count = Integer.getInteger("faultprint.abort.seeds", 1);
        return new Random(7).longs(count, 1, 1_000_000).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void abortedTransactionsAreNotSeenInWhatIsWritten(long seed) throws Exception {
        String run = "seed-" + seed;
        Brakes brakes = new Brakes();
        FaultyClients clients =
                new FaultyClients(new BrakedClients(brakes::holds), seed, FAULTS, seeds().size() > 1 ? 4 : 0);
        try (Topics topics = rig.topics(run)) {
            Restarted signals = new Restarted(() -> rig.signals(run, SMALL, brakes, clients));
            Restarted incidents = new Restarted(() -> rig.incidents(run, clients));
            try {
                for (int window = 0; window < WINDOWS; window += 4) {
                    tell(topics, window, 4);
                }
                await().atMost(PATIENCE).until(() -> {
                    signals.mend();
                    incidents.mend();
                    return topics.ended();
                });
                await().atMost(PATIENCE).until(() -> {
                    incidents.mend();
                    return topics.read("incidents").size()
                            == undisturbed.get(OUTPUTS.indexOf("incidents")).size();
                });
            } finally {
                signals.close();
                incidents.close();
            }

            List<List<String>> found = all(topics);
            SoftAssertions.assertSoftly(all -> {
                for (int i = 0; i < OUTPUTS.size(); i++) {
                    List<String> missing = new ArrayList<>(undisturbed.get(i));
                    found.get(i).forEach(missing::remove);
                    List<String> added = new ArrayList<>(found.get(i));
                    undisturbed.get(i).forEach(added::remove);
                    all.assertThat(missing)
                            .as("missing of %s, seed %s", OUTPUTS.get(i), seed)
                            .isEmpty();
                    all.assertThat(added)
                            .as("too many of %s, seed %s", OUTPUTS.get(i), seed)
                            .isEmpty();
                }
            });
            assertThat(clients.done(FaultyClients.Fault.TIMEOUT)).isPositive();
            assertThat(FAULTS - clients.left()).as("faults").isGreaterThanOrEqualTo(FAULTS / 2);
        }
    }

    /** Everything that is written, the counts of ticks added up. */
    private static List<List<String>> all(Topics topics) {
        List<List<String>> all = new ArrayList<>();
        all.add(topics.losses());
        all.add(topics.cuts());
        OUTPUTS.subList(2, OUTPUTS.size()).forEach(topic -> all.add(topics.read(topic)));
        assertThat(all.subList(0, 8)).allMatch(records -> !records.isEmpty());
        // Of six lines without a common form, four may stay, also when a commit comes in between.
        assertThat(topics.cuts()).hasSizeGreaterThan(2).contains("forms " + 2 * WINDOWS);
        return all;
    }

    /** What fails is started again, as whoever runs the stage would. */
    private static final class Restarted implements AutoCloseable {

        private final java.util.function.Supplier<StreamsApp> maker;
        private StreamsApp app;

        private Restarted(java.util.function.Supplier<StreamsApp> maker) {
            this.maker = maker;
            this.app = maker.get();
            app.start();
        }

        private void mend() {
            if (!app.health().live()) {
                app.close();
                app = maker.get();
                app.start();
            }
        }

        @Override
        public void close() {
            app.close();
        }
    }

    private static void tell(Topics topics, int from, int windows) throws Exception {
        topics.send(story(from, from + windows));
        int to = from + windows;
        topics.beat(new Heartbeat("door", 1L, at(0), at(to), to == WINDOWS, false));
    }

    /** Two services with a fault, strangers, a chatty one, senders that repeat themselves, and late ones. */
    private static List<SpecificRecord> story(int from, int to) {
        List<SpecificRecord> events = new ArrayList<>();
        for (int window = from; window < to; window++) {
            Random random = new Random(window);
            boolean fault = window >= 20 && window < 26;
            for (int i = 0; i < 6; i++) {
                long time = at(window) + 500 + 1_500L * i;
                String trace = "%032x".formatted(window * 100L + i);
                events.add(Events.inBatch(Events.info("web", time, "request " + i + " served"), "b" + window, i));
                events.add(Events.inBatch(Events.info("web", time, "request " + i + " served"), "b" + window, i));
                events.add(Events.info("orders", time, "order " + random.nextInt(1_000) + " stored"));
                events.add(Events.info("pod-" + window + "-" + i, time, "hello"));
                events.add(Events.info("chatty", time, word(random) + " " + word(random) + " " + word(random)));
                events.add(Events.gauge("orders", time, 10 + random.nextInt(3)));
                events.add(Events.span("web", trace, "000000000000000a", null, time + 40, 40, fault));
                events.add(Events.span(
                        "orders", trace, "000000000000000b", "000000000000000a", time + 30, fault ? 900 : 20, fault));
                if (fault) {
                    events.add(Events.error("orders", time, "no connection to the database after " + i + " attempts"));
                    events.add(Events.error("web", time, "orders did not answer request " + i));
                }
            }
            events.add(Events.change("c" + window, at(window) + 7, "orders"));
            if (window > 6) {
                events.add(Events.info("web", at(window - 6), "too late"));
            }
        }
        return events;
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int letter = 0; letter < 7; letter++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
