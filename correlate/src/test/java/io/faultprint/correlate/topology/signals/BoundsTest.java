package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.ZERO;
import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.gauge;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.watermark.PartitionClock;
import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.SpanEvent;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.OperationSummary;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Tick;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bound of the signals application, reached on purpose: the same stays in any order, and the rest is counted. */
class BoundsTest {

    private static final SignalsBounds SMALL = new SignalsBounds(5, 6, 4, 8, 3, 5, 20, 200, 1L << 20, 12);

    @TempDir
    Path directory;

    private Bench bench;
    private int runs;

    @BeforeEach
    void open() {
        bench = new Bench(directory.resolve("run"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aNewNameWithEveryEventFillsWhatIsFreeAndPushesNobodyOut() {
        start(SMALL);
        for (int window = 0; window < 30; window++) {
            bench.tell(info("web", at(window), "ready"), info("orders", at(window), "ready"));
            for (int i = 0; window >= 13 && i < 40; i++) {
                bench.tell(info("pod-" + window + "-" + i, at(window) + i, "hello"));
            }
            bench.closed(window);
        }

        for (int window = 0; window < 30; window++) {
            assertThat(bench.snapshot("web", window).getLogs()).isEqualTo(1);
            assertThat(bench.snapshot("orders", window).getLogs()).isEqualTo(1);
        }
        assertThat(bench.ticks()).allMatch(tick -> tick.getServices() <= SMALL.services());
        long told = bench.snapshots().stream()
                .filter(s -> s.getService().startsWith("pod"))
                .count();
        assertThat(told).isPositive().isLessThan(17L * 4);
        assertThat(bench.losses("logs").getDropped()).isEqualTo(17 * 40 - told);
        assertThat(bench.cuts(Cut.SERVICES)).isEqualTo(17 * 40 - told);
        assertThat(bench.losses("logs"))
                .satisfies(BoundsTest::addsUp)
                .satisfies(l -> assertThat(l.getIn()).isEqualTo(60 + 17 * 40));
        // What the strangers left behind: nothing but what the last of them have.
        assertThat(bench.rows(ServicesProcessor.WINDOW_STORE)).isZero();
        assertThat(bench.rows(ServicesProcessor.SIGNATURE_STORE)).isLessThanOrEqualTo(3 * SMALL.services());
    }

    @Test
    void whichStrangersGetInDoesNotDependOnWhoComesFirst() {
        List<SpecificRecord> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String service = "pod-" + i % 20;
            events.add(info(service, at(0) + i, "hello " + i));
            events.add(gauge(service, at(0) + i, i));
            events.add(Events.span(service, "t" + i, "s" + i, null, at(0) + i, 5, false));
        }

        sameInAnyOrder(SMALL, UnaryOperator.identity(), events);

        assertThat(bench.ticks().get(0).getServices()).isEqualTo(5);
        assertThat(bench.losses("logs").getDropped()).isEqualTo(45);
        assertThat(bench.losses("metrics").getDropped()).isEqualTo(45);
        assertThat(bench.losses("spans")).satisfies(BoundsTest::addsUp);
        assertThat(bench.snapshots()).hasSize(5).allMatch(s -> s.getLogs() == 3 && s.getSpans() == 3);
    }

    @Test
    void strangersMakeWayForStrangersButNotWhileTheySpeak() {
        start(SMALL);
        for (int window = 0; window < 6; window++) {
            for (int i = 0; i < 5; i++) {
                bench.tell(info("steady-" + i, at(window), "ready"));
            }
            bench.tell(info("late-comer", at(window), "let me in"));
            bench.closed(window);
        }
        assertThat(bench.snapshots())
                .extracting(Snapshot::getService)
                .allMatch(s -> s.equals("late-comer") || s.startsWith("steady"));
        long heard =
                bench.snapshots().stream().map(Snapshot::getService).distinct().count();
        assertThat(heard).isEqualTo(5);

        bench.tell(info("after", at(6), "nobody else speaks now")).closed(6);

        assertThat(bench.snapshot("after", 6).getLogs()).isEqualTo(1);
    }

    @Test
    void seriesBeyondTheCapAreLeftOutWhole() {
        List<SpecificRecord> events = new ArrayList<>();
        for (int series = 0; series < 10; series++) {
            for (int pod = 0; pod < 2; pod++) {
                MetricEvent point =
                        Events.metric("web", "pod-" + pod, at(0) + series, MetricKind.GAUGE, (double) series);
                events.add(
                        MetricEvent.newBuilder(point).setName("jobs." + series).build());
            }
        }

        sameInAnyOrder(SMALL, UnaryOperator.identity(), events);

        Snapshot snapshot = bench.snapshot("web", 0);
        // Six rows are three series of two pods; the third may be in part only, and is left out when it is the last.
        assertThat(snapshot.getMetrics()).hasSize(2).allMatch(m -> m.getPoints() == 2);
        assertThat(bench.cuts(Cut.POINTS)).isEqualTo(20 - 4);
        assertThat(bench.losses("metrics"))
                .satisfies(BoundsTest::addsUp)
                .satisfies(l -> assertThat(l.getDropped()).isEqualTo(16))
                .satisfies(l -> assertThat(l.getKept()).isEqualTo(4));
    }

    @Test
    void seriesWithoutABaselineAreToldAndCountedAndGiveWayWhenTheyAreNotSeen() {
        start(new SignalsBounds(5, 100, 4, 8, 3, 5, 20, 200, 1L << 20, 12));
        for (int window = 0; window < 30; window++) {
            bench.tell(gauge("web", at(window), 5));
            bench.tell(named(gauge("web", at(window), 1), "once." + window));
            bench.closed(window);
        }

        assertThat(bench.snapshot("web", 29).getMetrics()).hasSize(2);
        assertThat(bench.cuts(Cut.BASELINES)).isPositive().isLessThan(30);
        // The service, that it is alive, and at most so many series.
        assertThat(bench.rows(ServicesProcessor.BASELINE_STORE)).isLessThanOrEqualTo(2 + 4);
    }

    @Test
    void countersOfPodsLongGoneGiveWay() {
        start(new SignalsBounds(5, 6, 4, 8, 3, 5, 20, 200, 1L << 20, 12));
        for (int window = 0; window < 120; window++) {
            bench.tell(Events.metric("web", "pod-" + window / 2, at(window), MetricKind.COUNTER, window * 10.0));
            bench.closed(window);
        }

        assertThat(bench.cuts(Cut.COUNTERS)).isPositive();
        assertThat(bench.rows(ServicesProcessor.BASELINE_STORE)).isLessThanOrEqualTo(2 + 1 + 6);
        // Rates go on once the oldest are gone.
        assertThat(bench.snapshots().stream()
                        .filter(s -> s.getWindowStart() > at(70))
                        .filter(s -> !s.getMetrics().isEmpty()))
                .isNotEmpty();
    }

    @Test
    void operationsBeyondTheCapAreAddedUpInAnyOrder() {
        List<SpecificRecord> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SpanEvent span = Events.span("web", "t" + i, "s" + i, null, at(0) + i, 5 + i, i % 7 == 0);
            events.add(SpanEvent.newBuilder(span).setName("GET /" + i % 100).build());
        }

        sameInAnyOrder(SignalsBounds.DEFAULT, s -> withOperations(s, 3), events);

        Snapshot snapshot = bench.snapshot("web", 0);
        assertThat(snapshot.getSpans()).isEqualTo(200);
        assertThat(snapshot.getOperations()).hasSize(4);
        assertThat(snapshot.getOperations())
                .filteredOn(o -> o.getOperation().equals(Operations.OTHERS))
                .extracting(OperationSummary::getCount)
                .containsExactly(200 - 6L);
        assertThat(bench.cuts(Cut.OPERATIONS)).isEqualTo(200 - 6);
    }

    @Test
    void calleesBeyondTheCapAreLeftOutInAnyOrder() {
        List<SpecificRecord> events = new ArrayList<>();
        events.add(Events.span("web", "t", "root", null, at(0) + 500, 5, false));
        for (int i = 0; i < 150; i++) {
            events.add(Events.span("db-" + i, "t", "s" + i, "root", at(0) + i, 5, false));
        }

        SignalsBounds roomy = new SignalsBounds(500, 6, 4, 8, 3, 5, 2_000, 200, 4L << 20, 12);
        sameInAnyOrder(roomy, UnaryOperator.identity(), events);

        assertThat(bench.snapshot("web", 0).getEdges()).hasSize(Operations.CALLEES);
        assertThat(bench.cuts(Cut.EDGES)).isEqualTo(50);
    }

    @Test
    void aTraceWithMoreChildrenThanMayWaitTakesNothingFromOthers() {
        SignalsBounds bounds = new SignalsBounds(500, 6, 4, 8, 3, 5, 100, 200, 4L << 20, 12);
        start(bounds);
        bench.tell(Events.span("orders", "small", "child", "parent", at(0), 5, false));
        for (int i = 0; i < 1_000; i++) {
            bench.tell(Events.span("db", "giant", "s" + i, "root", at(0), 5, false));
        }
        assertThat(bench.rows(SpansProcessor.TRACE_STORE)).isLessThanOrEqualTo(3 * 11 + 2);

        bench.tell(
                Events.span("web", "small", "parent", null, at(0) + 1, 5, false),
                Events.span("web", "giant", "root", null, at(0) + 1, 5, false));
        bench.closed(0);

        assertThat(bench.snapshot("web", 0).getEdges())
                .extracting(e -> e.getCallee() + " " + e.getCalls())
                .containsExactly("db 10", "orders 1");
        // 990 children and the root, which had no room either.
        assertThat(bench.cuts(Cut.WAITING)).isEqualTo(991);
        assertThat(bench.snapshot("db", 0).getSpans()).isEqualTo(1_000);
    }

    @Test
    void whenTooManySpansWaitTheOneThatHasWaitedLongestGoes() {
        start(SMALL);
        for (int i = 0; i < 50; i++) {
            bench.tell(Events.span("web", "t" + i, "s", null, at(0) + i, 5, false));
        }

        bench.tell(
                Events.span("orders", "t5", "c", "s", at(0) + 60, 5, false),
                Events.span("orders", "t45", "c", "s", at(0) + 60, 5, false));
        bench.closed(0);

        assertThat(bench.snapshot("web", 0).getEdges()).hasSize(1).allMatch(e -> e.getCalls() == 1);
        assertThat(bench.cuts(Cut.WAITING)).isEqualTo(50 + 2 - 20);
        bench.closed(10);
        assertThat(bench.rows(SpansProcessor.TRACE_STORE)).isZero();
    }

    @Test
    void signaturesBeyondTheCapAreFloodAndASmallServiceStillHasItsOwn() {
        start(new SignalsBounds(50, 6, 4, 8, 150, 160, 20, 200, 4L << 20, 12));
        for (int i = 0; i < 300; i++) {
            bench.tell(info("chatty", at(0) + i, wordy(i)));
        }
        bench.closed(0);
        bench.tell(info("small", at(1), "ready to serve"), info("small", at(1), "stored it"))
                .closed(1);

        Snapshot chatty = bench.snapshot("chatty", 0);
        assertThat(chatty.getLogs()).isEqualTo(300);
        // Three quarters of all may be one service's.
        assertThat(chatty.getSignatures().size() + chatty.getSignaturesCut()).isEqualTo(120 + 1);
        assertThat(bench.cuts(Cut.SIGNATURES)).isEqualTo(180);
        assertThat(bench.snapshot("small", 1).getSignatures()).hasSize(2);
    }

    @Test
    void formsBeyondTheCapAreCounted() {
        SignalsSettings d = Bench.SETTINGS;
        start(s -> new SignalsSettings(
                d.windows(),
                1,
                1,
                d.analyst(),
                d.traceWait(),
                10,
                d.operations(),
                d.forgetAfter(),
                d.bounds(),
                d.rules()));
        for (int i = 0; i < 30; i++) {
            bench.tell(info("web", at(0) + i, wordy(i)));
        }
        bench.closed(0);

        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(30);
        assertThat(bench.cuts(Cut.FORMS)).isEqualTo(20);
        assertThat(bench.losses("logs").getKept()).isEqualTo(30);
    }

    @Test
    void instancesAndVersionsBeyondTheirCapsAreCounted() {
        start(SignalsBounds.DEFAULT);
        for (int i = 0; i < Routed.INSTANCES + 10; i++) {
            LogEvent line = info("web", at(0), "ready");
            bench.tell(LogEvent.newBuilder(line)
                    .setEnvelope(Envelope.newBuilder(line.getEnvelope())
                            .setInstance("pod-" + i)
                            .setVersion("v" + (10 + i % 20))
                            .build())
                    .build());
        }
        bench.closed(0);

        assertThat(bench.snapshot("web", 0).getInstances()).isEqualTo(Routed.INSTANCES);
        assertThat(bench.snapshot("web", 0).getVersions())
                .containsExactly("v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17");
        assertThat(bench.cuts(Cut.INSTANCES)).isEqualTo(10);
        assertThat(bench.cuts(Cut.VERSIONS)).isPositive();
    }

    @Test
    void changesAndAlertsBeyondTheirCapsAreLeftOutInAnyOrder() {
        List<SpecificRecord> events = new ArrayList<>();
        events.add(info("web", at(0), "ready"));
        for (int i = 0; i < 30; i++) {
            events.add(Events.change("own-" + i, at(0) + i, "web"));
            events.add(Events.change("all-" + i, at(0) + i));
            events.add(Events.alert("a-" + i, at(0) + i, "web"));
        }

        sameInAnyOrder(SignalsBounds.DEFAULT, UnaryOperator.identity(), events);

        assertThat(bench.snapshot("web", 0).getChanges())
                .hasSize(Routed.MOST)
                .allMatch(change -> change.getId().startsWith("own"));
        assertThat(bench.cuts(Cut.CHANGES)).isEqualTo(10 + 10 + 20);
        assertThat(bench.cuts(Cut.ALERTS)).isEqualTo(10);
    }

    @Test
    void aChangeToManyServicesIsNotWrittenInFullForEach() {
        start(SignalsBounds.DEFAULT);
        List<String> paths = new ArrayList<>();
        List<String> services = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            paths.add("src/" + "deep/".repeat(90) + i);
            services.add("service-" + i);
        }
        ChangeEvent change = ChangeEvent.newBuilder(Events.change("c", at(0)))
                .setServices(services)
                .setChangedPaths(paths)
                .setCommits(paths)
                .build();

        bench.tell(change).closed(0);

        assertThat(bench.snapshot("service-7", 0).getChanges().get(0).getChangedPaths())
                .hasSize(20);
        ChangeEvent routed = Routed.of(change, "service-7");
        assertThat(Bench.CODEC.encode("partials", routed)).hasSizeLessThan(6_000);
        AlertEvent alert = Routed.of(Events.alert("a", at(0), "web"), "web");
        assertThat(alert.getServices()).isEmpty();
    }

    @Test
    void aGreatBatchIsRememberedInSmallRowsAndForgottenWhenItWouldBeLate() {
        start(SignalsBounds.DEFAULT);
        for (int i = 0; i < 3_000; i += 3) {
            LogEvent line = Events.inBatch(info("web", at(0), "ready"), "batch", i);
            bench.tell(line, line);
        }
        assertThat(bench.losses("logs").getIn()).isZero();

        bench.closed(0);

        assertThat(bench.losses("logs").getKept()).isEqualTo(1_000);
        assertThat(bench.losses("logs").getDuplicated()).isEqualTo(1_000);
        int rows = bench.rows(ServicesProcessor.CLOCK_STORE);
        bench.tell(Events.inBatch(info("web", at(1), "ready"), "other", 0));
        assertThat(bench.rows(ServicesProcessor.CLOCK_STORE)).isEqualTo(rows + 2 + 1);
        bench.closed(1);
        assertThat(bench.rows(ServicesProcessor.CLOCK_STORE)).isEqualTo(rows);
    }

    @Test
    void batchesBeyondTheCapAreForgottenEarlyAndCounted() {
        start(SMALL);
        LogEvent line = info("web", at(0), "ready");
        for (int i = 0; i < 210; i++) {
            bench.tell(Events.inBatch(line, "batch-%05d".formatted(i), 0));
        }
        bench.tell(Events.inBatch(line, "batch-00000", 0), Events.inBatch(line, "batch-00209", 0));

        bench.closed(0);

        assertThat(bench.losses("logs").getDuplicated()).isEqualTo(1);
        assertThat(bench.losses("logs").getKept()).isEqualTo(211);
        assertThat(bench.cuts(Cut.BATCHES)).isEqualTo(11);
    }

    @Test
    void doorsBeyondTheCapAreRefusedAndHoldNobodyUp() {
        start(SignalsBounds.DEFAULT);
        for (int i = 0; i < PartitionClock.MOST_DOORS + 9; i++) {
            bench.beat("logs", new Heartbeat("door-" + i, 1L, ZERO, at(3), false, false));
        }

        // The first door of the bench has taken one of the places.
        assertThat(bench.out("dead-letters")).hasSize(10);
        assertThat(new String(
                        bench.out("dead-letters")
                                .get(0)
                                .headers()
                                .lastHeader("faultprint.cause")
                                .value(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("TOO_MANY");
        bench.closed(0);
        assertThat(bench.ticks()).extracting(Tick::getUpTo).containsExactly(at(1));
    }

    @Test
    void whenMemoryIsShortAKnownServiceKeepsWhatItUsuallySays() {
        SignalsBounds tight = new SignalsBounds(50, 5_000, 1_000, 20_000, 2_000, 10_000, 20, 200, 60_000, 12);
        start(tight);
        for (int window = 0; window < 4; window++) {
            bench.tell(info("web", at(window), "ready"), gauge("web", at(window), 5));
            bench.tell(info("chatty", at(window), "ready")).closed(window);
        }
        for (int i = 0; i < 500; i++) {
            bench.tell(info("chatty", at(4) + i, wordy(i)));
            bench.tell(info("stranger-" + i, at(4) + i, "hello"));
        }
        bench.tell(info("web", at(4), "ready"), gauge("web", at(4), 5)).closed(4);

        assertThat(bench.snapshot("web", 4).getLogs()).isEqualTo(1);
        assertThat(bench.snapshot("web", 4).getMetrics()).hasSize(1);
        assertThat(bench.snapshot("chatty", 4).getLogs()).isEqualTo(500);
        assertThat(bench.cuts(Cut.FORMS)).isPositive();
        assertThat(bench.losses("logs")).satisfies(BoundsTest::addsUp);
    }

    private void start(SignalsBounds bounds) {
        start(settings -> settings.withBounds(bounds));
    }

    private void start(UnaryOperator<SignalsSettings> settings) {
        bench.close();
        bench = new Bench(directory.resolve("run" + runs++), settings.apply(Bench.SETTINGS));
        bench.beat(ZERO);
    }

    /** Runs it in three orders, and asserts that the snapshots are the same bytes; the last run is left to look at. */
    private void sameInAnyOrder(
            SignalsBounds bounds, UnaryOperator<SignalsSettings> settings, List<SpecificRecord> events) {
        List<Snapshot> first = List.of();
        for (int seed = 0; seed < 3; seed++) {
            start(s -> settings.apply(s.withBounds(bounds)));
            List<SpecificRecord> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.forEach(bench::tell);
            bench.beat(new Heartbeat("door", 1L, ZERO, at(1), true, false));
            if (seed == 0) {
                first = bench.snapshots();
            } else {
                assertThat(bench.snapshots()).isEqualTo(first);
            }
        }
    }

    private static SignalsSettings withOperations(SignalsSettings s, int operations) {
        return new SignalsSettings(
                s.windows(),
                1,
                1,
                s.analyst(),
                s.traceWait(),
                s.forms(),
                operations,
                s.forgetAfter(),
                s.bounds(),
                s.rules());
    }

    private static MetricEvent named(MetricEvent point, String name) {
        return MetricEvent.newBuilder(point).setName(name).build();
    }

    /** Lines that no mask and no template makes one. */
    private static String wordy(int i) {
        StringBuilder words = new StringBuilder();
        Random random = new Random(i);
        for (int word = 0; word < 6; word++) {
            for (int letter = 0; letter < 7; letter++) {
                words.append((char) ('a' + random.nextInt(26)));
            }
            words.append(' ');
        }
        return words.toString().trim();
    }

    private static void addsUp(LossCount l) {
        assertThat(l.getKept() + l.getLate() + l.getDuplicated() + l.getDeadLettered() + l.getDropped())
                .isEqualTo(l.getIn());
    }
}
