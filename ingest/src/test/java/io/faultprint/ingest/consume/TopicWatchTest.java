package io.faultprint.ingest.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Heartbeat;
import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private static final long T = 1_700_000_000_000L;
    private static final Heartbeat WORD = new Heartbeat("kafka:t", T, T, T - 15_000, false, false);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now = T;
    private final TopicWatch watch =
            new TopicWatch("kafka:t", Duration.ofSeconds(10), () -> Instant.ofEpochMilli(now), meters);

    private void commits(@Nullable Heartbeat word, boolean speaker, long reached, long lag) {
        watch.committed(word, speaker, reached, lag, "");
    }

    private List<String> said() {
        return watch.look().reasons().stream().map(PulseReason::getMessage).toList();
    }

    @Test
    void aTopicThatDoesNotExistIsToldAndWhatOthersReadIsNot() {
        watch.waits("t", Surveyor.There.UNKNOWN);
        now += 60_000;
        watch.waits("t", Surveyor.There.YES);
        assertThat(watch.look().reasons()).isEmpty();

        watch.waits("t", Surveyor.There.NO);
        assertThat(watch.look().reasons()).isEmpty();
        now += 11_000;
        watch.waits("t", Surveyor.There.UNKNOWN);

        assertThat(watch.look().reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.getCause()).isEqualTo(PulseCause.DOOR_SILENT);
            assertThat(reason.getMessage())
                    .isEqualTo("topic t does not exist; create it, or take it out of ingest's topics");
        });
        assertThat(meters.get("faultprint.ingest.topic.missing").gauge().value())
                .isOne();
        commits(WORD, true, now, 0);
        assertThat(watch.look().reasons()).isEmpty();
        assertThat(meters.get("faultprint.ingest.topic.missing").gauge().value())
                .isZero();
    }

    @Test
    void whatBreaksAfterOthersHadItAllIsToldToo() {
        watch.waits("t", Surveyor.There.YES);
        assertThat(watch.broken("Not authorized to access topics: [t]")).isEqualTo(new Tally(0, 0, 0));
        now += 11_000;

        assertThat(said())
                .containsExactly("door kafka:t: nothing was committed for 11 s: Not authorized to access topics: [t]");
    }

    @Test
    void aPartitionThatDoesNotAnswerWhereItEndsIsToldThoughTheOthersCommit() {
        commits(WORD, true, T, 0);
        now += 21_000;

        watch.committed(WORD, true, T, 0, "no leader");
        assertThat(said()).containsExactly("door kafka:t: it is not known where its partitions end: no leader");
        commits(WORD, true, T, 7);
        assertThat(said()).containsExactly("door kafka:t: 7 records wait to be read");
        commits(WORD, true, now - 1_000, 0);
        assertThat(said()).isEmpty();
    }

    @Test
    void whoDoesNotSpeakForTheTopicIsJudgedByItsOwnPartitions() {
        commits(WORD, true, T, 0);
        now += 60_000;
        commits(null, false, now - 1_000, 0);

        assertThat(said()).isEmpty();
        assertThat(watch.repeats(15_000)).isFalse();
    }

    @Test
    void whoSpeaksRepeatsItselfOnceItCannotGoOnAndAtItsStart() {
        assertThat(watch.repeats(15_000)).isTrue();
        assertThat(watch.repeats(15_000)).isFalse();
        commits(WORD, true, T, 0);
        now += 14_000;
        assertThat(watch.repeats(15_000)).isFalse();
        now += 2_000;
        var unused = watch.broken("x");

        assertThat(watch.repeats(15_000)).isTrue();
        assertThat(watch.repeats(15_000)).isFalse();
        now += 16_000;
        assertThat(watch.repeats(15_000)).isTrue();
    }

    @Test
    void whatWasPromisedOfATopicThatIsGoneIsRepeatedThoughAnOldAnswerSaidThatOthersReadIt() {
        commits(WORD, true, T, 0);
        watch.waits("t", Surveyor.There.YES);
        now += 16_000;
        assertThat(watch.repeats(15_000)).isFalse();

        watch.waits("t", Surveyor.There.NO);

        assertThat(watch.repeats(15_000)).isTrue();
    }
}
