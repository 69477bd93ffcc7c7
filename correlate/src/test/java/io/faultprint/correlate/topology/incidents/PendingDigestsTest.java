package io.faultprint.correlate.topology.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.serde.AvroCodec;
import io.faultprint.serde.AvroSerde;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.Direction;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingDigestsTest {

    private static final long WINDOW = 10_000;
    private static final long NOTHING_CLOSED = 0;

    private final KeyValueStore<byte[], Digest> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("pending"),
                    Serdes.ByteArray(),
                    new AvroSerde<>(AvroCodec.bundled(), Digest.class))
            .withLoggingDisabled()
            .build();
    private PendingDigests pending;

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        pending = new PendingDigests(store, 3, 5);
    }

    @Test
    void whatTellsOfNothingIsLeftOutFirstAndThenEverything() {
        assertThat(List.of(plain("a", 0), plain("b", 0), plain("c", 1)))
                .allMatch(digest -> pending.put(digest, NOTHING_CLOSED));

        assertThat(pending.put(plain("d", 1), NOTHING_CLOSED)).isFalse();
        assertThat(pending.put(odd("d", 1), NOTHING_CLOSED)).isTrue();
        assertThat(pending.put(odd("e", 2), NOTHING_CLOSED)).isTrue();
        assertThat(pending.put(odd("f", 2), NOTHING_CLOSED)).isFalse();
        assertThat(pending.take(WINDOW).get("prod"))
                .extracting(Digest::getService)
                .containsExactly("c", "d");
    }

    @Test
    void whatAllSourcesHaveClosedCountsNoLongerHoweverSlowlyItIsEvaluated() {
        pending.put(plain("a", 0), NOTHING_CLOSED);
        pending.put(plain("b", 0), NOTHING_CLOSED);
        pending.put(plain("a", 1), NOTHING_CLOSED);

        assertThat(pending.put(plain("b", 1), WINDOW)).isTrue();
        assertThat(pending.put(plain("c", 1), WINDOW)).isTrue();
        assertThat(pending.put(plain("d", 1), WINDOW)).isFalse();
    }

    @Test
    void aSecondDigestOfAWindowTakesNoPlace() {
        pending.put(plain("a", 0), NOTHING_CLOSED);
        pending.put(plain("b", 0), NOTHING_CLOSED);
        pending.put(plain("c", 0), NOTHING_CLOSED);

        assertThat(pending.put(odd("a", 0), NOTHING_CLOSED)).isTrue();
        assertThat(pending.take(0).get("prod")).hasSize(3);
    }

    @Test
    void whatWasThereBeforeARestartCounts() {
        pending.put(plain("a", 0), NOTHING_CLOSED);
        pending.put(plain("b", 0), NOTHING_CLOSED);
        pending.put(plain("c", 0), NOTHING_CLOSED);

        PendingDigests again = new PendingDigests(store, 3, 5);

        assertThat(again.put(plain("d", 0), NOTHING_CLOSED)).isFalse();
        assertThat(again.firstWindow()).hasValue(0);
        again.take(0);
        assertThat(again.firstWindow()).isEmpty();
        assertThat(again.put(plain("d", 1), NOTHING_CLOSED)).isTrue();
    }

    private static Digest plain(String service, int window) {
        return digest(service, window, List.of());
    }

    private static Digest odd(String service, int window) {
        return digest(
                service,
                window,
                List.of(Surprise.newBuilder()
                        .setKind(SurpriseKind.SERVICE_SILENT)
                        .setSubject(service)
                        .setLabel(service)
                        .setDirection(Direction.GONE)
                        .setObserved(0)
                        .setExpected(9)
                        .setExpectedLow(5)
                        .setExpectedHigh(13)
                        .setScore(7)
                        .setOnset(window * WINDOW)
                        .setHistory(100)
                        .build()));
    }

    private static Digest digest(String service, int window, List<Surprise> surprises) {
        return Digest.newBuilder()
                .setEnvironment("prod")
                .setService(service)
                .setWindowStart(window * WINDOW)
                .setWindowEnd((window + 1) * WINDOW)
                .setCovered(true)
                .setLearning(false)
                .setStrength(surprises.isEmpty() ? 0 : 7)
                .setLogs(1)
                .setErrorLogs(0)
                .setSpans(0)
                .setSpanErrors(0)
                .setSurprises(surprises)
                .build();
    }
}
