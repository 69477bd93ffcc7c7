package io.faultprint.correlate.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.span.TraceJoin.Call;
import io.faultprint.correlate.state.BufferedSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraceJoinTest {

    private record Span(String trace, String id, BufferedSpan row) {}

    private static final long WAIT = 60;

    private final Heap heap = new Heap();

    @Test
    void parentAndChildOfTwoServicesAreACallWhicheverComesFirst() {
        Span parent = span("t", "p", null, "web", 100, 50);
        Span child = span("t", "c", "p", "orders", 90, 20);
        Call call = new Call("web", "orders", 100, 20, false);

        assertThat(join(new Heap(), parent, child)).containsExactly(call);
        assertThat(join(new Heap(), child, parent)).containsExactly(call);
    }

    @Test
    void aCallWithinAServiceIsNone() {
        assertThat(join(heap, span("t", "p", null, "web", 1, 1), span("t", "c", "p", "web", 1, 1)))
                .isEmpty();
    }

    @Test
    void oneSpanMayCompleteManyCalls() {
        List<Call> calls = join(
                heap,
                span("t", "a", "m", "orders", 5, 1),
                span("t", "b", "m", "stock", 6, 1),
                span("t", "r", null, "edge", 9, 1),
                span("t", "m", "r", "web", 8, 1));

        assertThat(calls)
                .extracting(Call::caller, Call::callee, Call::completed)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("web", "orders", 8L),
                        org.assertj.core.groups.Tuple.tuple("web", "stock", 8L),
                        org.assertj.core.groups.Tuple.tuple("edge", "web", 9L));
    }

    @Test
    void theSameSpanTwiceIsOneCall() {
        Span parent = span("t", "p", null, "web", 100, 50);
        Span child = span("t", "c", "p", "orders", 90, 20);

        assertThat(join(heap, parent, child, child, parent)).hasSize(1);
    }

    @Test
    void tracesDoNotMix() {
        assertThat(join(heap, span("t", "p", null, "web", 1, 1), span("u", "c", "p", "orders", 1, 1)))
                .isEmpty();
    }

    @Test
    void aSpanThatNamesItselfAsItsParentIsNoCall() {
        assertThat(join(heap, span("t", "p", "p", "web", 1, 1))).isEmpty();
    }

    @Test
    void spansThatEndTooFarApartDoNotMeetWhetherOrNotTheFirstStillWaits() {
        assertThat(join(new Heap(), span("t", "p", null, "web", 160, 99), span("t", "c", "p", "orders", 100, 1)))
                .hasSize(1);
        assertThat(join(new Heap(), span("t", "c", "p", "orders", 100, 1), span("t", "p", null, "web", 161, 99)))
                .isEmpty();
    }

    @Test
    void bothSidesOfACallMayShareOneId() {
        Span client = span("t", "x", null, "web", 100, 50);
        Span server = span("t", "x", null, "orders", 95, 40);
        Span child = span("t", "y", "x", "stock", 90, 10);

        List<Call> calls = join(new Heap(), client, server, child);

        assertThat(calls).extracting(Call::caller).containsExactlyInAnyOrder("web", "orders");
        assertThat(join(new Heap(), child, server, client)).containsExactlyInAnyOrderElementsOf(calls);
        assertThat(join(new Heap(), server, child, client)).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Property(tries = 300)
    void theOrderOfSpansDoesNotShow(
            @ForAll @IntRange(min = 1, max = 40) int spans, @ForAll long tree, @ForAll long order) {
        Random random = new Random(tree);
        List<Span> trace = new ArrayList<>();
        for (int i = 0; i < spans; i++) {
            // Some parents never come, and some span ids are those of other traces.
            String parent = i == 0 ? null : "s" + random.nextInt(spans + 3);
            trace.add(span(
                    "t" + random.nextInt(2),
                    "s" + (random.nextInt(5) == 0 ? 0 : i),
                    parent,
                    "service-" + random.nextInt(4),
                    random.nextInt(100),
                    random.nextInt(1_000)));
        }
        List<Span> shuffled = new ArrayList<>(trace);
        Collections.shuffle(shuffled, new Random(order));

        assertThat(join(new Heap(), shuffled.toArray(Span[]::new)))
                .containsExactlyInAnyOrderElementsOf(join(new Heap(), trace.toArray(Span[]::new)));
    }

    private static List<Call> join(Heap heap, Span... spans) {
        List<Call> calls = new ArrayList<>();
        for (Span span : spans) {
            calls.addAll(TraceJoin.join(heap, span.trace(), span.id(), span.row(), WAIT));
        }
        return calls;
    }

    private static Span span(String trace, String id, @Nullable String parent, String service, long end, long nanos) {
        return new Span(trace, id, new BufferedSpan(service, parent, end, nanos, false));
    }

    private static final class Heap implements TraceJoin.Buffer {

        private final List<Span> waiting = new ArrayList<>();

        @Override
        public boolean put(String traceKey, String spanId, BufferedSpan span) {
            Span put = new Span(traceKey, spanId, span);
            return !waiting.contains(put) && waiting.add(put);
        }

        @Override
        public List<BufferedSpan> get(String traceKey, String spanId) {
            return waiting.stream()
                    .filter(span -> span.trace().equals(traceKey) && span.id().equals(spanId))
                    .map(Span::row)
                    .toList();
        }

        @Override
        public List<BufferedSpan> children(String traceKey, String parentSpanId) {
            return waiting.stream()
                    .filter(span -> span.trace().equals(traceKey)
                            && parentSpanId.equals(span.row().getParentSpanId()))
                    .map(Span::row)
                    .toList();
        }
    }
}
