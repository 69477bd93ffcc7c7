package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.ERROR;
import static io.faultprint.correlate.topology.signals.Events.ZERO;
import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.envelope;
import static io.faultprint.correlate.topology.signals.Events.gauge;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Envelope;
import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.event.SpanEvent;
import io.faultprint.snapshot.LossCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the signals application does not keep: each counted, and each somewhere. */
class RefusalsTest {

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
    void aLateEventGoesToLateAsItCame() {
        bench.closed(1);
        LogEvent tooLate = info("web", at(1) + 9_999, "tardy");
        byte[] bytes = Bench.CODEC.encode("faultprint.logs", tooLate);

        bench.raw("logs", "prod/web", bytes).tell(info("web", at(2), "in time")).closed(2);

        assertThat(bench.out("late")).singleElement().satisfies(late -> {
            assertThat(late.value()).isEqualTo(bytes);
            assertThat(late.key()).isEqualTo("prod/web".getBytes(StandardCharsets.UTF_8));
            assertThat(header(late.headers(), "stage")).isEqualTo("signals");
            assertThat(header(late.headers(), "cause")).isEqualTo("LATE");
            assertThat(header(late.headers(), "topic")).isEqualTo("faultprint.logs");
            assertThat(header(late.headers(), "partition")).isEqualTo("0");
            assertThat(header(late.headers(), "offset")).isEqualTo("2");
            assertThat(header(late.headers(), "time")).isNotEmpty();
            assertThat(header(late.headers(), "message")).contains(String.valueOf(at(2)));
        });
        assertThat(bench.losses("logs")).isEqualTo(new LossCount("logs", 2L, 1L, 1L, 0L, 0L, 0L));
        assertThat(bench.snapshots()).hasSize(1);
    }

    @Test
    void latenessIsOfTheEventsOwnTopic() {
        bench.beat("metrics", at(5));

        bench.tell(info("web", at(0), "the logs are not that far"), gauge("web", at(0), 1));

        assertThat(bench.out("late")).hasSize(1);
        bench.closed(6);
        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
    }

    @Test
    void theSamePositionOfABatchCountsOnce() {
        LogEvent event = Events.inBatch(info("web", at(0), "once"), "batch-1", 0);
        bench.tell(event, event, Events.inBatch(info("web", at(0), "twice"), "batch-1", 1));
        bench.tell(Events.inBatch(info("web", at(0), "once"), "batch-2", 0));
        bench.tell(info("web", at(0), "no batch"), info("web", at(0), "no batch"))
                .closed(0);

        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(5);
        assertThat(bench.losses("logs")).isEqualTo(new LossCount("logs", 6L, 5L, 0L, 1L, 0L, 0L));
    }

    @Test
    void aBatchThatComesAgainAfterItsWindowIsLate() {
        LogEvent event = Events.inBatch(info("web", at(0), "once"), "batch-1", 0);

        bench.tell(event).closed(0).tell(event).closed(1);

        assertThat(bench.losses("logs")).isEqualTo(new LossCount("logs", 2L, 1L, 1L, 0L, 0L, 0L));
    }

    static Stream<Arguments> malformed() {
        byte[] whole = Bench.CODEC.encode("faultprint.logs", info("web", at(0), "ready"));
        byte[] unknown = whole.clone();
        unknown[1] = 0;
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        return Stream.of(
                Arguments.of("no bytes", new byte[0]),
                Arguments.of("no value", null),
                Arguments.of("noise", new byte[] {1, 2, 3}),
                Arguments.of("text", "{\"body\": \"json\"}".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a cut record", Arrays.copyOf(whole, whole.length / 2)),
                Arguments.of("a record with more behind it", longer),
                Arguments.of("an unknown schema", unknown));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedBytesGoToDeadLettersAndHarmNobody(String what, byte[] bytes) {
        for (String topic : Bench.EVENTS) {
            bench.raw(topic, "prod/web", bytes);
        }
        bench.tell(info("web", at(0), "ready")).closed(0);

        assertThat(bench.out("dead-letters")).hasSize(5).allSatisfy(dead -> {
            assertThat(dead.value()).isEqualTo(bytes);
            assertThat(header(dead.headers(), "cause")).isEqualTo("MALFORMED");
            assertThat(header(dead.headers(), "message")).isNotEmpty();
        });
        assertThat(bench.out("dead-letters"))
                .extracting(dead -> header(dead.headers(), "topic"))
                .containsExactlyElementsOf(
                        Bench.EVENTS.stream().map(t -> "faultprint." + t).toList());
        Bench.EVENTS.forEach(topic ->
                assertThat(bench.losses(topic).getDeadLettered()).as(topic).isEqualTo(1));
        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
    }

    @Test
    void aRecordWithoutAKeyIsRefusedWithoutOne() {
        bench.raw("logs", null, new byte[] {9});

        assertThat(bench.out("dead-letters"))
                .singleElement()
                .satisfies(dead -> assertThat(dead.key()).isNull());
    }

    static Stream<Arguments> unfit() {
        Envelope early = Envelope.newBuilder(envelope("prod", "web", at(0)))
                .setEventTime(-1)
                .build();
        Envelope index =
                Envelope.newBuilder(envelope("prod", "web", at(0))).setIndex(-1).build();
        SpanEvent backwards = SpanEvent.newBuilder(Events.span("web", "t", "s", null, at(0), 1, false))
                .setDurationNanos(-1)
                .build();
        return Stream.of(
                Arguments.of("a time before 1970", "logs", Events.log(early, ERROR, "x"), "BAD_ENVELOPE"),
                Arguments.of("the end of time", "logs", info("web", Long.MAX_VALUE, "x"), "BAD_ENVELOPE"),
                Arguments.of("an index below 0", "logs", Events.log(index, ERROR, "x"), "BAD_ENVELOPE"),
                Arguments.of("a log of no service", "logs", info("", at(0), "x"), "BAD_ENVELOPE"),
                Arguments.of("a metric of no service", "metrics", gauge("", at(0), 1), "BAD_ENVELOPE"),
                Arguments.of(
                        "a span of no service",
                        "spans",
                        Events.span("", "t", "s", null, at(0), 1, false),
                        "BAD_ENVELOPE"),
                Arguments.of("an alert about nobody", "alerts", Events.alert("a", at(0)), "BAD_ENVELOPE"),
                Arguments.of("no number", "metrics", gauge("web", at(0), Double.NaN), "BAD_VALUE"),
                Arguments.of("infinity", "metrics", gauge("web", at(0), Double.NEGATIVE_INFINITY), "BAD_VALUE"),
                Arguments.of("a span that ends before it starts", "spans", backwards, "BAD_VALUE"),
                Arguments.of("another topic's event", "metrics", info("web", at(0), "x"), "WRONG_TYPE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void whatCannotBeUsedGoesToDeadLettersAndHarmsNobody(
            String what, String topic, SpecificRecord event, String cause) {
        byte[] bytes = Bench.CODEC.encode("faultprint." + topic, event);

        bench.raw(topic, "prod/web", bytes).tell(info("web", at(0), "ready")).closed(0);

        TestRecord<byte[], byte[]> dead = bench.out("dead-letters").get(0);
        assertThat(bench.out("dead-letters")).hasSize(1);
        assertThat(dead.value()).isEqualTo(bytes);
        assertThat(header(dead.headers(), "cause")).isEqualTo(cause);
        assertThat(bench.losses(topic).getDeadLettered()).isEqualTo(1);
        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
    }

    @Test
    void everyEventIsAccountedFor() {
        bench.tell(info("web", at(0), "kept"), gauge("web", at(0), 1), Events.change("c", at(0)));
        bench.tell(Events.inBatch(info("web", at(0), "a"), "b", 0), Events.inBatch(info("web", at(0), "a"), "b", 0));
        bench.raw("logs", "prod/web", new byte[1]).raw("spans", "prod/t", new byte[1]);
        bench.closed(3);
        bench.tell(info("web", at(0), "late"), gauge("web", at(1), 1), Events.alert("a", at(2), "web"));
        bench.tell(Events.span("web", "t", "s", null, at(4), 1, true)).closed(4);
        bench.beat(new Heartbeat("door", 1L, ZERO, at(6), true, false));

        assertThat(Bench.EVENTS.stream().map(bench::losses))
                .containsExactly(
                        new LossCount("logs", 5L, 2L, 1L, 1L, 1L, 0L),
                        new LossCount("metrics", 2L, 1L, 1L, 0L, 0L, 0L),
                        new LossCount("spans", 2L, 1L, 0L, 0L, 1L, 0L),
                        new LossCount("changes", 1L, 1L, 0L, 0L, 0L, 0L),
                        new LossCount("alerts", 1L, 0L, 1L, 0L, 0L, 0L));
        assertThat(bench.out("late")).hasSize(3);
        assertThat(bench.out("dead-letters")).hasSize(2);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader("faultprint." + name).value(), StandardCharsets.UTF_8);
    }
}
