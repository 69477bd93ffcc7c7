package io.faultprint.correlate.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.SpanEvent;
import io.faultprint.event.SpanKind;
import io.faultprint.event.SpanStatus;
import io.faultprint.snapshot.SpanPartial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationSpansTest {

    @Property
    void theOrderOfSpansDoesNotShow(@ForAll("spans") @Size(max = 40) List<SpanEvent> spans, @ForAll long seed) {
        List<SpanEvent> shuffled = new ArrayList<>(spans);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(sum(shuffled)).isEqualTo(sum(spans));
    }

    @Property
    void partsAddUpToTheWholeInAnyOrder(
            @ForAll("spans") @Size(max = 20) List<SpanEvent> some,
            @ForAll("spans") @Size(max = 20) List<SpanEvent> others) {
        List<SpanEvent> all = new ArrayList<>(some);
        all.addAll(others);

        SpanPartial parts = partial(new OperationSpans().add(sum(others)).add(sum(some)));

        assertThat(parts).isEqualTo(sum(all));
    }

    @Property
    void theSumIsBounded(@ForAll("spans") @Size(max = 100) List<SpanEvent> spans) {
        SpanPartial sum = sum(spans);

        assertThat(sum.getVersions()).hasSizeLessThanOrEqualTo(8);
        assertThat(sum.getErrorText()).hasSizeLessThanOrEqualTo(200);
        assertThat(sum.getErrors()).isLessThanOrEqualTo(sum.getCount());
    }

    @Test
    void theExampleOfAFailureIsTheSpanThatFailedFirst() {
        SpanPartial sum = sum(List.of(
                Spans.span("late", "1", null, 200, 5_000_000, true),
                Spans.span("early", "2", null, 100, 1_000_000, true),
                Spans.span("well", "3", null, 50, 9_000_000, false)));

        assertThat(sum.getErrorTraceId()).isEqualTo("early");
        assertThat(sum.getFirstError()).isEqualTo(100);
        assertThat(sum.getErrorText()).isEqualTo("no 1000000");
        assertThat(sum.getSlowTraceId()).isEqualTo("well");
        assertThat(sum.getErrors()).isEqualTo(2);
        assertThat(sum.getCount()).isEqualTo(3);
        assertThat(sum.getDurationSumNanos()).isEqualTo(15_000_000);
    }

    @Test
    void anExceptionIsAFailureWhateverTheStatus() {
        SpanEvent thrown = SpanEvent.newBuilder(Spans.span("t", "1", null, 1, 1, false))
                .setExceptionType("java.io.IOException")
                .setExceptionMessage("x".repeat(1_000))
                .build();

        assertThat(OperationSpans.failed(thrown)).isTrue();
        assertThat(sum(List.of(thrown)).getErrorText())
                .startsWith("java.io.IOException: xxx")
                .hasSize(200);
    }

    @ParameterizedTest(name = "{0}, parent: {1} → {2}")
    @CsvSource({
        "SERVER, p, true", "CONSUMER, p, true", "CLIENT,, false",
        "PRODUCER,, false", "INTERNAL,, false", "UNSPECIFIED,, true",
        "UNSPECIFIED, p, false"
    })
    void aRequestFromOutsideIsAnEntry(SpanKind kind, String parent, boolean entry) {
        SpanEvent span = SpanEvent.newBuilder(Spans.span("t", "1", parent, 1, 1, false))
                .setKind(kind)
                .build();

        assertThat(OperationSpans.entry(span)).isEqualTo(entry);
    }

    @Provide
    Arbitrary<List<SpanEvent>> spans() {
        Arbitrary<String> trace = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<Long> end = Arbitraries.longs().between(0, 5);
        Arbitrary<Long> nanos = Arbitraries.longs().between(0, 4_000_000_000L);
        return Combinators.combine(trace, end, nanos, Arbitraries.of(true, false))
                .as((t, e, n, failed) -> Spans.span(t, "1", null, e, n, failed))
                .map(span -> span.getEnvelope().getEventTime() == 3
                        ? SpanEvent.newBuilder(span)
                                .setStatus(SpanStatus.UNSET)
                                .setExceptionType("E" + span.getDurationNanos() % 3)
                                .build()
                        : span)
                .list();
    }

    private static SpanPartial sum(List<SpanEvent> spans) {
        OperationSpans sum = new OperationSpans();
        spans.forEach(sum::add);
        return partial(sum);
    }

    private static SpanPartial partial(OperationSpans sum) {
        return sum.partial("prod", "orders", 0, 0, "GET /", true);
    }
}
