package io.faultprint.diagnose.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.store.Document;
import io.faultprint.diagnose.store.Outcome;
import io.faultprint.letter.Letter;
import io.faultprint.serde.AvroCodec;
import io.faultprint.snapshot.Tick;
import io.faultprint.time.Windows;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of two topics that anybody may have written to is filed, and that the rest stops nobody. */
class LedgerTest {

    private static final long NOW = 1_767_600_000_000L;
    private static final String DIGESTS = "faultprint.digests";
    private static final String LETTERS = "faultprint.dead-letters";

    private final AvroCodec codec = AvroCodec.bundled();
    private final IndexCounts counts = new IndexCounts(new SimpleMeterRegistry());
    private final Batch batch = new Batch(counts, "diagnose-ledger");
    private final Ledger ledger = new Ledger(codec, Run.MAIN, 4, Windows.DEFAULT, new Redaction("k"));

    @Test
    void aTickIsFiledOnceThoughItStandsInEveryPartition() {
        byte[] tick = codec.encode("digests", tick(4));

        read(DIGESTS, 0, NOW, tick);
        read(DIGESTS, 1, NOW, tick);

        assertThat(batch.toWrite()).extracting(Document::index).containsExactly("faultprint-ticks-2026.01.05");
    }

    @Test
    void spoiledTicksArePassedOverBecauseCorrelateMakesTheirLetters() {
        read(DIGESTS, 0, NOW, new byte[] {0, 1, 2});
        read(DIGESTS, 0, NOW, null);
        read(DIGESTS, 0, NOW, codec.encode("digests", tick(9)));

        assertThat(batch.toWrite()).isEmpty();
        assertThat(batch.letters()).isEmpty();
    }

    /** A topic that somebody made by hand may keep the sender's time. */
    @Test
    void aTimeThatNoIndexCanBeNamedFromStopsNobody() {
        read(LETTERS, 0, -1, new byte[] {1});
        read(LETTERS, 0, Long.MAX_VALUE, new byte[] {1});
        read(DIGESTS, 0, -1, codec.encode("digests", tick(4)));
        read(LETTERS, 0, NOW, new byte[] {1});

        assertThat(batch.toWrite()).hasSize(1);
    }

    @Test
    void theReasonOfALetterIsRedacted() {
        RecordHeaders headers = new RecordHeaders();
        Letter.add(headers, Letter.MESSAGE, "user " + "someone" + "@" + "mail.example: no service");
        ledger.read(
                new ConsumerRecord<>(
                        LETTERS,
                        2,
                        7,
                        NOW,
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        headers,
                        Optional.empty()),
                batch);

        assertThat(batch.toWrite())
                .singleElement()
                .satisfies(it -> assertThat(it.json()).contains("<email:").doesNotContain("someone"));
    }

    @Test
    void ofALetterThatTheStoreRefusesNoOtherIsMade() {
        read(LETTERS, 0, NOW, new byte[] {1});

        batch.settle(List.of(new Outcome.Refused("no")));

        assertThat(batch.settled()).isTrue();
        assertThat(batch.letters()).isEmpty();
    }

    private void read(String topic, int partition, long time, byte @Nullable [] value) {
        ledger.read(
                new ConsumerRecord<>(
                        topic,
                        partition,
                        7,
                        time,
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        0,
                        new byte[0],
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                batch);
    }

    private static Tick tick(int sources) {
        return new Tick(0, sources, NOW, true, false, List.of(), 0, 1, List.of());
    }
}
