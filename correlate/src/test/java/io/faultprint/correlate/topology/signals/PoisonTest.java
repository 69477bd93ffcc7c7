package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.ERROR;
import static io.faultprint.correlate.topology.signals.Events.ZERO;
import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.envelope;
import static io.faultprint.correlate.topology.signals.Events.gauge;
import static io.faultprint.correlate.topology.signals.Events.info;
import static io.faultprint.correlate.topology.signals.Events.span;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.faultprint.event.AlertEvent;
import io.faultprint.event.ChangeEvent;
import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.Histogram;
import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.letter.Letter;
import io.faultprint.snapshot.EdgePartial;
import io.faultprint.snapshot.LatencyBucket;
import io.faultprint.snapshot.LossCount;
import io.faultprint.snapshot.SpanPartial;
import io.faultprint.snapshot.Tick;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One poisoned record in each topic that signals reads: it is a dead letter, once, and nothing else is any different. */
class PoisonTest {

    private static final long YEAR_9999 = 253_402_300_799_999L;
    private static final long YEAR_50000 = 1_515_730_000_000_000L;
    private static final List<String> TOPICS =
            Stream.concat(Bench.EVENTS.stream(), Stream.of("partials")).toList();

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A poisoned record, and the cause it is refused for. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Poison(String topic, String what, String key, byte @Nullable [] bytes, String cause) {
        @Override
        public String toString() {
            return topic + ": " + what;
        }
    }

    static Stream<Poison> bytes() {
        return TOPICS.stream().flatMap(topic -> {
            byte[] whole = encoded(rightFor(topic));
            byte[] wrongMagic = whole.clone();
            wrongMagic[0] = 1;
            byte[] unknownSchema = whole.clone();
            Arrays.fill(unknownSchema, 1, 5, (byte) 0x7e);
            byte[] random = new byte[300];
            new Random(7).nextBytes(random);
            return Stream.of(
                    new Poison(topic, "empty value", "k", new byte[0], "MALFORMED"),
                    new Poison(topic, "null value", "k", null, "MALFORMED"),
                    new Poison(topic, "random bytes", "k", random, "MALFORMED"),
                    new Poison(topic, "wrong magic", "k", wrongMagic, "MALFORMED"),
                    new Poison(topic, "unknown schema", "k", unknownSchema, "MALFORMED"),
                    new Poison(topic, "truncated", "k", Arrays.copyOf(whole, whole.length - 3), "MALFORMED"),
                    new Poison(topic, "right record, wrong topic", "prod", encoded(wrongFor(topic)), "WRONG_TYPE"),
                    new Poison(topic, "another's key", "staging/other", whole, "BAD_KEY"),
                    new Poison(topic, "empty key", "", whole, "BAD_KEY"),
                    new Poison(topic, "a megabyte of text", "k", encoded(huge(topic)), "TOO_LARGE"));
        });
    }

    static Stream<Poison> heartbeats() {
        return Bench.EVENTS.stream()
                .flatMap(topic -> Stream.of(
                        beat(topic, "watermark at the end of time", "door", 1, ZERO, Long.MAX_VALUE, "BAD_TIME"),
                        beat(topic, "watermark of the year 9999", "door", 1, ZERO, YEAR_9999, "BAD_TIME"),
                        beat(topic, "watermark below zero", "door", 1, ZERO, -5, "BAD_TIME"),
                        beat(topic, "of another door, far ahead", "x", 1, ZERO, YEAR_9999, "BAD_TIME"),
                        beat(topic, "coverage since before 1970", "door", 1, Long.MIN_VALUE, at(0), "BAD_TIME"),
                        beat(topic, "coverage from the year 9999 on", "door", 2, YEAR_9999, at(0), "BAD_TIME"),
                        beat(topic, "an epoch without end", "door", Long.MAX_VALUE, ZERO, at(0), "BAD_TIME"),
                        beat(topic, "an epoch below zero", "door", -1, ZERO, at(0), "BAD_TIME"),
                        beat(topic, "of no door", "", 1, ZERO, at(0), "BAD_VALUE")));
    }

    static Stream<Poison> absurd() {
        String long2k = "x".repeat(2_000);
        LogEvent log = info("web", at(0), "x");
        return Stream.of(
                event("logs", "a time below zero", info("web", -1, "x"), "BAD_ENVELOPE"),
                event("logs", "the year 50000", info("web", YEAR_50000, "x"), "BAD_ENVELOPE"),
                event("logs", "the year 9999", info("web", YEAR_9999, "x"), "BAD_ENVELOPE"),
                event("logs", "no environment", Events.log(envelope("", "web", at(0)), ERROR, "x"), "BAD_ENVELOPE"),
                event("logs", "a slash", Events.log(envelope("a/b", "web", at(0)), ERROR, "x"), "BAD_ENVELOPE"),
                event("logs", "a service without end", info(long2k, at(0), "x"), "BAD_ENVELOPE"),
                event("logs", "a position without end", Events.inBatch(log, "b", 1 << 30), "BAD_ENVELOPE"),
                event("logs", "a batch id without end", Events.inBatch(log, long2k, 0), "BAD_ENVELOPE"),
                event("logs", "severity 2000", Events.log(envelope("prod", "web", at(0)), 2_000, "x"), "BAD_VALUE"),
                event("metrics", "NaN", gauge("web", at(0), Double.NaN), "BAD_VALUE"),
                event("metrics", "a gauge that is a histogram", metric(MetricKind.GAUGE, histogram(1)), "BAD_VALUE"),
                event("metrics", "a histogram that is a number", metric(MetricKind.HISTOGRAM, 1.0), "BAD_VALUE"),
                event("metrics", "counts below zero", metric(MetricKind.HISTOGRAM, histogram(-1)), "BAD_VALUE"),
                event(
                        "spans",
                        "a duration of centuries",
                        span("web", "t", "s", null, at(0), 1L << 43, false),
                        "BAD_VALUE"),
                event("spans", "an id without end", span("web", long2k, "s", null, at(0), 1, false), "BAD_VALUE"),
                event("changes", "a hundred thousand services", manyServices(), "BAD_VALUE"),
                event("changes", "a service without a name", Events.change("c", at(0), "web", ""), "BAD_VALUE"),
                event("alerts", "an id without end", Events.alert("a".repeat(9_000), at(0), "web"), "BAD_VALUE"));
    }

    static Stream<Poison> partials() {
        long far = YEAR_9999 - YEAR_9999 % 10_000;
        return Stream.of(
                partial("a window that is none", spans(at(0) + 1, 0, 1, 0, 5), "BAD_TIME"),
                partial("a window below zero", spans(-10_000, 0, 1, 0, 5), "BAD_TIME"),
                partial("a window of the year 9999", spans(far, 0, 1, 0, 5), "BAD_TIME"),
                partial("a source that is none", spans(at(0), 1, 1, 0, 5), "BAD_VALUE"),
                partial("a source below zero", spans(at(0), -1, 1, 0, 5), "BAD_VALUE"),
                partial("more errors than calls", spans(at(0), 0, 1, 2, 5), "BAD_VALUE"),
                partial("no call at all", spans(at(0), 0, 0, 0, 5), "BAD_VALUE"),
                partial("a bucket that is none", spans(at(0), 0, 1, 0, 1 << 30), "BAD_VALUE"),
                partial("an edge that is no number", edge(at(0), Double.NaN), "BAD_VALUE"),
                partial("an edge to nobody", new EdgePartial("prod", "web", "", at(0), 0, 1L, 0L, 1.0), "BAD_VALUE"),
                partial("an edge of a window that is none", edge(at(0) + 7, 1), "BAD_TIME"),
                partial("a tick of more sources", tick(0, 9, at(1)), "BAD_VALUE"),
                partial("a tick of a source that is none", tick(1, 1, at(1)), "BAD_VALUE"),
                partial("a tick of a source below zero", tick(-1, 1, at(1)), "BAD_VALUE"),
                partial("a tick up to the year 9999", tick(0, 1, far), "BAD_TIME"),
                partial("a tick up to the end of time", tick(0, 1, Long.MAX_VALUE), "BAD_TIME"),
                partial("a tick below zero", tick(0, 1, -10_000), "BAD_TIME"),
                partial("a tick inside of a window", tick(0, 1, at(1) + 5), "BAD_TIME"),
                partial("a tick with counts below zero", counting(-3), "BAD_VALUE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"bytes", "heartbeats", "absurd", "partials"})
    void aPoisonedRecordIsADeadLetterAndItsNeighboursAreCounted(Poison poison) {
        bench.beat(ZERO).tell(info("web", at(0), "before"), span("web", "t1", "a", null, at(0), 5, false));

        bench.raw(poison.topic(), poison.key(), poison.bytes());

        bench.tell(info("web", at(0), "after"), span("web", "t2", "a", null, at(0), 5, false));
        bench.tell(gauge("web", at(0), 4))
                .closed(0)
                .tell(info("web", at(1), "later"))
                .closed(1);
        assertThat(bench.out("dead-letters")).singleElement().satisfies(letter -> isOf(letter, poison));
        assertThat(bench.out("late")).isEmpty();
        assertThat(bench.snapshot("web", 0)).satisfies(snapshot -> {
            assertThat(snapshot.getLogs()).isEqualTo(2);
            assertThat(snapshot.getSpans()).isEqualTo(2);
            assertThat(snapshot.getMetrics()).hasSize(1);
            assertThat(snapshot.getCovered()).isTrue();
        });
        assertThat(bench.snapshot("web", 1).getLogs()).isEqualTo(1);
        assertThat(bench.snapshots()).hasSize(2);
        assertThat(bench.ticks()).extracting(Tick::getUpTo).containsExactly(at(1), at(2));
        assertThat(bench.rows(ServicesProcessor.WINDOW_STORE)).isZero();
        assertThat(bench.rows(SpansProcessor.WINDOW_STORE)).isZero();
    }

    private static void isOf(TestRecord<byte[], byte[]> letter, Poison poison) {
        byte[] original = poison.bytes();
        if (original == null || original.length <= Letter.LONGEST) {
            assertThat(letter.value()).isEqualTo(original);
        } else {
            assertThat(letter.value()).isEqualTo(Arrays.copyOf(original, Letter.LONGEST));
            assertThat(header(letter.headers(), Letter.CUT)).isEqualTo("" + (original.length - Letter.LONGEST));
        }
        assertThat(letter.key()).isEqualTo(poison.key().getBytes(UTF_8));
        assertThat(header(letter.headers(), Letter.CAUSE))
                .as(header(letter.headers(), Letter.MESSAGE))
                .isEqualTo(poison.cause());
        assertThat(header(letter.headers(), Letter.STAGE)).isEqualTo("signals");
        assertThat(header(letter.headers(), Letter.TOPIC)).isEqualTo("faultprint." + poison.topic());
        assertThat(header(letter.headers(), Letter.PARTITION)).isEqualTo("0");
        assertThat(Long.parseLong(header(letter.headers(), Letter.OFFSET))).isNotNegative();
        assertThat(Long.parseLong(header(letter.headers(), Letter.TIME))).isPositive();
        assertThat(header(letter.headers(), Letter.MESSAGE)).isNotBlank().hasSizeLessThan(1_100);
    }

    @Test
    void partialsBehindTheirTickAreLateAndLeaveNoRow() {
        bench.beat(ZERO).tell(span("web", "t1", "a", null, at(0), 5, false)).closed(2);

        bench.raw("partials", "prod/web", encoded(spans(at(0), 0, 1, 0, 5)));
        bench.raw("partials", "prod/web", encoded(edge(at(1), 3)));
        bench.raw("partials", "prod/web", encoded(routed(Events.change("c", at(1), "web"), "web")));
        bench.raw("partials", "", encoded(tick(0, 1, at(1))));

        bench.closed(3);
        assertThat(bench.out("late"))
                .hasSize(3)
                .allSatisfy(
                        late -> assertThat(header(late.headers(), Letter.CAUSE)).isEqualTo("LATE"));
        assertThat(bench.out("dead-letters"))
                .singleElement()
                .satisfies(dead ->
                        assertThat(header(dead.headers(), Letter.MESSAGE)).contains("ticks never go back"));
        assertThat(bench.rows(ServicesProcessor.WINDOW_STORE)).isZero();
    }

    @Test
    void anEventOf1970BeforeTheFirstPromiseCostsOneWindowAndNotTwoHundredMillion() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            bench.tell(info("web", 12_345, "from the beginning"), info("web", at(0), "now"));

            bench.beat(ZERO).closed(1);

            assertThat(bench.ticks()).extracting(Tick::getUpTo).containsExactly(20_000L, ZERO, at(1), at(2));
            assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
        });
    }

    @Test
    void aDoorThatClaimsToHaveSeenEverythingSince1970ClosesAWeekAndNotAllOfIt() {
        bench.beat(new Heartbeat("old", 1L, 0L, ZERO, false, false));

        assertThat(bench.ticks().get(0).getUpTo())
                .isEqualTo(ZERO - Duration.ofDays(7).toMillis() + 10_000);
    }

    @Test
    void aDoorIsHeardAgainWhenTheEpochThatReplacedItNeverSpokeAgain() {
        bench.beat(ZERO);
        bench.beat(new Heartbeat("door", 1_000_000L, ZERO, at(0), false, false));
        bench.tell(info("web", at(0), "ready"));

        bench.later(Duration.ofSeconds(61)).closed(0);

        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
    }

    @Test
    void aSnapshotThatKafkaWouldRefuseIsADeadLetterAndTheDigestStillGoes() {
        bench.beat(ZERO).tell(info("web", at(0), "before"));
        bench.tell(Events.longNames("web", at(0)).toArray(SpecificRecord[]::new));

        bench.closed(0).tell(info("web", at(1), "after")).closed(1);

        assertThat(bench.out("dead-letters")).singleElement().satisfies(letter -> {
            assertThat(header(letter.headers(), Letter.CAUSE)).isEqualTo("TOO_LARGE");
            assertThat(header(letter.headers(), Letter.TOPIC)).isEqualTo("snapshots");
            assertThat(header(letter.headers(), Letter.MESSAGE)).contains("a Snapshot of");
            assertThat(letter.value()).hasSizeLessThanOrEqualTo(Letter.LONGEST);
        });
        assertThat(bench.digest("web", 0).getLogs()).isEqualTo(1);
        assertThat(bench.snapshot("web", 1).getLogs()).isEqualTo(1);
    }

    private static Poison beat(
            String topic, String what, String door, long epoch, long coveredFrom, long watermark, String cause) {
        Heartbeat beat = new Heartbeat(door, epoch, coveredFrom, watermark, false, false);
        return new Poison(topic, "a heartbeat, " + what, "", encoded(beat), cause);
    }

    private static Poison event(String topic, String what, SpecificRecord event, String cause) {
        return new Poison(topic, what, Bench.keyOf(event), encoded(event), cause);
    }

    private static Poison partial(String what, SpecificRecord value, String cause) {
        return new Poison("partials", what, value instanceof Tick ? "" : "prod/web", encoded(value), cause);
    }

    private static SpecificRecord rightFor(String topic) {
        return switch (topic) {
            case "logs" -> info("web", at(0), "x");
            case "metrics" -> gauge("web", at(0), 1);
            case "spans" -> span("web", "t", "s", null, at(0), 1, false);
            case "changes" -> Events.change("c", at(0), "web");
            case "alerts" -> Events.alert("a", at(0), "web");
            default -> spans(at(0), 0, 1, 0, 5);
        };
    }

    private static SpecificRecord wrongFor(String topic) {
        return topic.equals("logs") ? gauge("web", at(0), 1) : info("web", at(0), "x");
    }

    /** A right record of a little less than Kafka's limit. */
    private static SpecificRecord huge(String topic) {
        String text = "x".repeat(1_020_000);
        return switch (topic) {
            case "logs" -> info("web", at(0), text);
            case "metrics" -> Events.named(gauge("web", at(0), 1), text);
            case "spans" -> span("web", "t", text, null, at(0), 1, false);
            case "changes" ->
                ChangeEvent.newBuilder(Events.change("c", at(0), "web"))
                        .setServices(Collections.nCopies(1_000_000, ""))
                        .build();
            case "alerts" ->
                AlertEvent.newBuilder(Events.alert("a", at(0), "web"))
                        .setSummary(text)
                        .build();
            default ->
                SpanPartial.newBuilder(spans(at(0), 0, 1, 0, 5))
                        .setVersions(Collections.nCopies(1_000_000, ""))
                        .build();
        };
    }

    private static ChangeEvent manyServices() {
        return Events.change("c", at(0), Collections.nCopies(100_000, "s").toArray(String[]::new));
    }

    private static ChangeEvent routed(ChangeEvent change, String service) {
        return ChangeEvent.newBuilder(change)
                .setEnvelope(Envelope.newBuilder(change.getEnvelope())
                        .setService(service)
                        .build())
                .build();
    }

    private static SpecificRecord metric(MetricKind kind, Object value) {
        return Events.metric("web", "pod-1", at(0), kind, value);
    }

    private static Histogram histogram(long count) {
        return Histogram.newBuilder().setCount(count).setSum(5.0).build();
    }

    private static SpanPartial spans(long window, int source, long count, long errors, int bucket) {
        return SpanPartial.newBuilder()
                .setEnvironment("prod")
                .setService("web")
                .setWindowStart(window)
                .setSource(source)
                .setOperation("GET /")
                .setEntry(true)
                .setCount(count)
                .setErrors(errors)
                .setDurationSumNanos(1)
                .setLatency(List.of(new LatencyBucket(bucket, 1L)))
                .build();
    }

    private static EdgePartial edge(long window, double nanos) {
        return new EdgePartial("prod", "web", "orders", window, 0, 1L, 0L, nanos);
    }

    private static Tick tick(int source, int sources, long upTo) {
        return new Tick(source, sources, upTo, true, false, List.of(), 0, 0, List.of());
    }

    private static Tick counting(long kept) {
        return new Tick(
                0, 1, at(1), true, false, List.of(new LossCount("logs", 0L, kept, 0L, 0L, 0L, 0L)), 0, 0, List.of());
    }

    private static byte[] encoded(SpecificRecord value) {
        return Bench.CODEC.encode("any", value);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
