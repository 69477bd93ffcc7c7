package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.ZERO;
import static io.faultprint.correlate.topology.signals.Events.alert;
import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.change;
import static io.faultprint.correlate.topology.signals.Events.envelope;
import static io.faultprint.correlate.topology.signals.Events.error;
import static io.faultprint.correlate.topology.signals.Events.gauge;
import static io.faultprint.correlate.topology.signals.Events.info;
import static io.faultprint.correlate.topology.signals.Events.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.signature.SteeringRules;
import io.faultprint.correlate.watch.Board;
import io.faultprint.event.Envelope;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.event.SpanEvent;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.ChangeRef;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Edge;
import io.faultprint.snapshot.MetricSummary;
import io.faultprint.snapshot.OperationSummary;
import io.faultprint.snapshot.SignatureCount;
import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.SignatureKind;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.topic.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From events to snapshots, digests and the catalogue of signatures. */
class SignalsTopologyTest {

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        bench.beat(ZERO);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void linesOfOneWordingAreOneSignature() {
        bench.tell(info("web", at(0), "order 17 is ready"), error("web", at(0) + 1, "order 4 is ready"));
        bench.tell(info("web", at(0) + 2, "bye")).closed(0);

        Snapshot snapshot = bench.snapshot("web", 0);
        assertThat(snapshot.getSignatures())
                .extracting(SignatureCount::getTemplate, SignatureCount::getCount, SignatureCount::getSeverityNumber)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("order <num> is ready", 2L, Events.ERROR),
                        org.assertj.core.groups.Tuple.tuple("bye", 1L, Events.INFO));
        assertThat(bench.signatures())
                .filteredOn(entry -> entry.getTemplate().startsWith("order"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getExamples()).containsExactly("order 17 is ready");
                    assertThat(entry.getFirstSeen()).isEqualTo(at(0));
                    assertThat(entry.getLastSeen()).isEqualTo(at(0) + 1);
                    assertThat(entry.getKind()).isEqualTo(SignatureKind.MESSAGE);
                });
    }

    @Test
    void theCatalogueTellsWhatStoodAtAPlaceWhereThatIsLittle() {
        for (int window = 0; window < 3; window++) {
            for (int i = 0; i < 4; i++) {
                bench.tell(error("web", at(window) + i, "order " + (window * 4 + i) + " failed with code 503"));
            }
            bench.closed(window);
        }

        List<SignatureEntry> entries = bench.signatures();
        SignatureEntry last = entries.get(entries.size() - 1);
        assertThat(last.getWindowStart()).isEqualTo(at(2));
        assertThat(last.getWindowCount()).isEqualTo(4);
        assertThat(last.getCount()).isEqualTo(12);
        assertThat(last.getValues()).singleElement().satisfies(place -> {
            assertThat(place.getPlace()).isEqualTo(1);
            assertThat(place.getPlaceholder()).isEqualTo("<num>");
            assertThat(place.getValues().get(0).getValue()).isEqualTo("503");
            assertThat(place.getValues().get(0).getCount()).isEqualTo(12);
        });
    }

    @Test
    void rulesMaskKeepAndLeaveOut() {
        SteeringRules rules = SteeringRules.of("acme, globex", "primary, replica", "health check");
        try (Bench steered = new Bench(directory.resolve("steered"), Bench.SETTINGS.withRules(rules))) {
            steered.beat(Events.ZERO);
            steered.tell(
                    info("web", at(0), "quota of acme is spent"), info("web", at(0) + 1, "quota of globex is spent"));
            steered.tell(info("web", at(0) + 2, "role is primary"), info("web", at(0) + 3, "role is replica"));
            steered.tell(info("web", at(0) + 4, "health check took 3 ms")).closed(0);

            assertThat(steered.snapshot("web", 0).getSignatures())
                    .extracting(SignatureCount::getTemplate, SignatureCount::getCount)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("quota of <val> is spent", 2L),
                            org.assertj.core.groups.Tuple.tuple("role is primary", 1L),
                            org.assertj.core.groups.Tuple.tuple("role is replica", 1L));
            assertThat(steered.losses("logs").getKept()).isEqualTo(4);
            assertThat(steered.losses("logs").getDropped()).isEqualTo(1);
            assertThat(steered.cuts(Cut.IGNORED)).isEqualTo(1);
        }
    }

    @Test
    void anExceptionIsSignedByItsTypeAndFrames() {
        LogEvent thrown = LogEvent.newBuilder(error("web", at(0), ""))
                .setExceptionType("java.io.IOException")
                .setExceptionStacktrace("java.io.IOException: no\n\tat shop.Cart.pay(Cart.java:10)\n")
                .build();

        bench.tell(thrown).closed(0);

        SignatureEntry entry = bench.signatures().get(0);
        assertThat(entry.getKind()).isEqualTo(SignatureKind.EXCEPTION);
        assertThat(entry.getExamples()).containsExactly("java.io.IOException");
    }

    @Test
    void aLineOfNothingHasNoExampleAndDoesNoHarm() {
        bench.tell(info("web", at(0), "")).closed(0);

        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
        assertThat(bench.signatures())
                .flatExtracting(SignatureEntry::getExamples)
                .isEmpty();
    }

    @Test
    void spansBecomeOperationsAndCallsInTheirWindows() {
        bench.tell(
                span("orders", "t1", "b", "a", at(1) - 1, 20, true),
                span("web", "t1", "a", null, at(1) + 5, 40, false),
                span("web", "t2", "a", null, at(1) + 6, 60, false));
        bench.closed(1);

        assertThat(bench.snapshot("orders", 0).getSpanErrors()).isEqualTo(1);
        Snapshot web = bench.snapshot("web", 1);
        assertThat(web.getSpans()).isEqualTo(2);
        OperationSummary get = web.getOperations().get(0);
        assertThat(get.getMeanMillis()).isEqualTo(50);
        // The join was complete when the later of the two had ended.
        assertThat(web.getEdges()).containsExactly(new Edge("orders", 1L, 1L, 20.0));
        assertThat(bench.digest("web", 1).getEdges()).isEqualTo(web.getEdges());
    }

    @Test
    void aChildThatComesAWindowLaterStillMeetsItsParent() {
        bench.tell(span("web", "t1", "a", null, at(0), 40, false)).closed(1);

        bench.tell(span("orders", "t1", "b", "a", at(2), 20, false)).closed(2);

        assertThat(bench.snapshot("web", 2).getEdges()).containsExactly(new Edge("orders", 1L, 0L, 20.0));
        assertThat(bench.digest("web", 2).getEdges()).hasSize(1);
    }

    @Test
    void beyondTheCapTheSmallestOperationsAreAddedUp() {
        bench.close();
        SignalsSettings d = Bench.SETTINGS;
        bench = new Bench(
                directory,
                new SignalsSettings(
                        d.windows(),
                        1,
                        1,
                        d.analyst(),
                        d.traceWait(),
                        d.forms(),
                        3,
                        d.forgetAfter(),
                        d.bounds(),
                        d.rules()));
        bench.beat(ZERO);
        for (int operation = 0; operation < 10; operation++) {
            for (int i = 0; i <= operation; i++) {
                bench.tell(SpanEvent.newBuilder(span("web", "t" + operation, "s" + i, null, at(0) + i, 10, false))
                        .setName("GET /" + operation)
                        .build());
            }
        }
        bench.closed(0);

        Snapshot web = bench.snapshot("web", 0);
        assertThat(web.getSpans()).isEqualTo(55);
        assertThat(web.getOperations())
                .extracting(OperationSummary::getOperation)
                .containsExactly("…", "GET /9", "GET /8", "GET /7");
    }

    @Test
    void aChangeReachesTheServicesItNames() {
        bench.tell(info("web", at(0), "x"), info("orders", at(0), "x"), info("stock", at(0), "x"));
        bench.tell(change("c1", at(0) + 5, "web", "orders")).closed(0);

        assertThat(bench.snapshots())
                .filteredOn(snapshot -> !snapshot.getChanges().isEmpty())
                .extracting(Snapshot::getService)
                .containsExactlyInAnyOrder("web", "orders");
        assertThat(bench.digest("web", 0).getChanges())
                .extracting(ChangeRef::getId)
                .containsExactly("c1");
    }

    @Test
    void aChangeThatNamesNobodyReachesAllOfItsEnvironmentAndNobodyElse() {
        bench.tell(info("web", at(0), "x")).closed(0);
        bench.tell(info("orders", at(1), "x"));
        bench.tell(Events.log(envelope("staging", "web", at(1)), Events.INFO, "x"));

        bench.tell(change("c1", at(1) + 5)).closed(1);

        assertThat(bench.digests())
                .filteredOn(digest -> !digest.getChanges().isEmpty())
                .extracting(Digest::getEnvironment, Digest::getService, Digest::getWindowStart)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("prod", "web", at(1)),
                        org.assertj.core.groups.Tuple.tuple("prod", "orders", at(1)));
    }

    @Test
    void anAlertFromOutsideIsASurpriseOfTheServiceItNames() {
        bench.tell(info("web", at(0), "x"), alert("a1", at(0) + 7, "web")).closed(0);

        assertThat(bench.digest("web", 0).getSurprises()).singleElement().satisfies(surprise -> {
            assertThat(surprise.getKind()).isEqualTo(SurpriseKind.ALERT);
            assertThat(surprise.getOnset()).isEqualTo(at(0) + 7);
        });
    }

    @Test
    void environmentsDoNotMeet() {
        bench.tell(
                Events.log(envelope("prod", "web", at(0)), Events.INFO, "order 1 is ready"),
                Events.log(envelope("staging", "web", at(0)), Events.INFO, "order 1 is ready"));
        bench.closed(0);

        assertThat(bench.snapshots())
                .extracting(Snapshot::getEnvironment, Snapshot::getLogs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("prod", 1L),
                        org.assertj.core.groups.Tuple.tuple("staging", 1L));
        assertThat(bench.out("digests").stream()
                        .filter(r -> Bench.CODEC.decode(r.value()) instanceof Digest)
                        .map(r -> new String(r.key(), StandardCharsets.UTF_8)))
                .containsExactly("prod", "staging");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"a/b", "日本語 サービス", "w", " ", "%2F", "…", "ÿþ", "a\nb", "🚀"})
    void aServiceMayBeCalledAnything(String name) {
        bench.tell(
                info(name, at(0), "order 1 is ready"),
                gauge(name, at(0), 4),
                span(name, "t1", "a", null, at(0), 5, false),
                span("other", "t1", "b", "a", at(0), 5, false),
                change("c1", at(0), name));
        bench.closed(0).tell(info(name, at(1), "order 2 is ready")).closed(1);

        Snapshot first = bench.snapshot(name, 0);
        assertThat(first.getLogs()).isEqualTo(1);
        assertThat(first.getSpans()).isEqualTo(1);
        assertThat(first.getMetrics()).hasSize(1);
        assertThat(first.getEdges()).hasSize(1);
        assertThat(first.getChanges()).hasSize(1);
        assertThat(bench.snapshot(name, 1).getLogs()).isEqualTo(1);
        assertThat(bench.ticks().get(1).getServices()).isEqualTo(2);
    }

    @Test
    void aZeroCharacterInANameIsReplacedEverywhereAlike() {
        bench.tell(
                info("a\0b", at(0), "x"), gauge("a\0b", at(0), 1), span("a\0b", "t\0", "a\0", null, at(0), 5, false));
        bench.closed(0).closed(10);

        Snapshot snapshot = bench.snapshot("a\uFFFDb", 0);
        assertThat(snapshot.getLogs()).isEqualTo(1);
        assertThat(snapshot.getSpans()).isEqualTo(1);
        assertThat(snapshot.getMetrics()).hasSize(1);
        assertThat(bench.rows(SpansProcessor.TRACE_STORE)).isZero();
    }

    @Test
    void namesThatBeginAlikeDoNotMix() {
        bench.tell(info("a", at(0), "x"), info("ab", at(0), "x"), info("a b", at(0), "x"), info("al", at(0), "x"));
        bench.closed(0);

        assertThat(bench.snapshots())
                .extracting(Snapshot::getService, Snapshot::getLogs)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a", 1L),
                        org.assertj.core.groups.Tuple.tuple("ab", 1L),
                        org.assertj.core.groups.Tuple.tuple("a b", 1L),
                        org.assertj.core.groups.Tuple.tuple("al", 1L));
    }

    @Test
    void instancesAreCountedAndMayBeUnknown() {
        for (String instance : List.of("", "pod-1", "pod-2", "pod-1")) {
            bench.tell(Events.log(
                    Envelope.newBuilder(envelope("prod", "web", at(0)))
                            .setInstance(instance)
                            .setVersion("1." + instance.length())
                            .build(),
                    Events.INFO,
                    "x"));
        }
        bench.tell(Events.metric("web", "", at(0), MetricKind.GAUGE, 2.0));
        bench.tell(Events.metric("web", "pod-1", at(0), MetricKind.GAUGE, 4.0)).closed(0);

        Snapshot web = bench.snapshot("web", 0);
        assertThat(web.getInstances()).isEqualTo(2);
        assertThat(web.getVersions()).containsExactly("1.0", "1.5");
        assertThat(web.getMetrics())
                .extracting(MetricSummary::getValue, MetricSummary::getPoints)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(3.0, 2L));
    }

    @Test
    void aCounterIsARateFromItsSecondWindowOn() {
        MetricEvent first = Events.metric("web", "pod-1", at(0), MetricKind.COUNTER, 100.0);
        MetricEvent second = Events.metric("web", "pod-1", at(1), MetricKind.COUNTER, 150.0);

        bench.tell(first, second).closed(1);

        assertThat(bench.snapshots()).hasSize(1);
        assertThat(bench.snapshot("web", 1).getMetrics())
                .extracting(MetricSummary::getValue)
                .containsExactly(5.0);
    }

    @Test
    void aFloodOfFormsKeepsTheSameOnesInAnyOrderAndCountsTheRest() {
        List<LogEvent> lines = IntStream.range(0, 60)
                .mapToObj(i -> info("web", at(0) + i, "word" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + " came"))
                .toList();

        Snapshot one = flooded("one", lines);
        Snapshot two = flooded(
                "two",
                lines.stream()
                        .sorted((a, b) -> b.getBody().compareTo(a.getBody()))
                        .toList());

        assertThat(two).isEqualTo(one);
        assertThat(one.getLogs()).isEqualTo(60);
        assertThat(one.getSignatures().stream()
                        .mapToLong(SignatureCount::getCount)
                        .sum())
                .isEqualTo(10);
    }

    private Snapshot flooded(String run, List<LogEvent> lines) {
        SignalsSettings d = Bench.SETTINGS;
        SignalsSettings tenForms = new SignalsSettings(
                d.windows(),
                1,
                1,
                d.analyst(),
                d.traceWait(),
                10,
                d.operations(),
                d.forgetAfter(),
                d.bounds(),
                d.rules());
        try (Bench other = new Bench(directory.resolve(run), tenForms)) {
            other.beat(ZERO);
            lines.forEach(other::tell);
            return other.closed(0).snapshot("web", 0);
        }
    }

    @Test
    void aNewErrorIsAStrongSurpriseOnceTheServiceIsKnown() {
        for (int window = 0; window < 60; window++) {
            for (int i = 0; i < 10; i++) {
                bench.tell(info("web", at(window) + i, "work " + i + " done"));
            }
        }
        for (int i = 0; i < 40; i++) {
            bench.tell(error("web", at(59) + 100 + i, "disk " + i + " is on fire"));
        }
        bench.closed(40).closed(59);

        Digest odd = bench.digest("web", 59);
        assertThat(odd.getLearning()).isFalse();
        assertThat(odd.getSurprises().get(0).getKind()).isEqualTo(SurpriseKind.NEW_SIGNATURE);
        assertThat(odd.getSurprises().get(0).getOnset()).isEqualTo(at(59) + 100);
        assertThat(odd.getStrength()).isGreaterThan(bench.digest("web", 58).getStrength() + 2);
        assertThat(bench.digest("web", 58).getSurprises())
                .extracting(Surprise::getScore)
                .allMatch(s -> s < 2);
    }

    @Test
    void theTopologyIsTheOneThatStateWasKeptFor() throws IOException {
        String described = SignalsTopology.build(Bench.SETTINGS, Run.MAIN, AvroCodec.bundled(), new Board())
                .describe()
                .toString();

        try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
            byte[] expected = Objects.requireNonNull(golden, "topology.txt").readAllBytes();
            assertThat(described.strip())
                    .as(
                            "State is found again by these names. If the change is meant, say in RATIONALE.md what becomes of the"
                                    + " state that is there, and put this into src/test/resources, topology/signals/topology.txt:\n"
                                    + described)
                    .isEqualTo(new String(expected, StandardCharsets.UTF_8).strip());
        }
    }
}
