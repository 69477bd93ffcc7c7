package io.faultprint.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.diagnose.gate.GateCounts;
import io.faultprint.diagnose.index.IndexCounts;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DiagnoseWatchTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now = 1_000_000;
    private String index = "working";
    private String ledger = "working";

    private final DiagnoseWatch watch = new DiagnoseWatch(
            () -> "working",
            () -> index,
            () -> ledger,
            () -> null,
            new GateCounts(meters),
            new IndexCounts(meters),
            Duration.ofSeconds(30),
            () -> Instant.ofEpochMilli(now),
            meters);

    @Test
    void aLedgerThatTheStoreDoesNotTakeIsSaidAlsoWhileIncidentsAreTaken() {
        ledger = "waiting for the store: index read-only";
        assertThat(watch.look().reasons()).isEmpty();

        now += 31_000;

        assertThat(watch.look().reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.getCause()).isEqualTo(PulseCause.STORE_AWAY);
            assertThat(reason.getWhat()).isEqualTo("ledger");
            assertThat(reason.getMessage()).contains("ticks and dead letters", "index read-only");
        });
        assertThat(meters.get("faultprint.index.waiting.time").gauge().value()).isEqualTo(31.0);
    }

    @Test
    void aStoreThatTakesNothingIsOneReasonAndWhatIsTakenAgainIsNone() {
        index = "waiting for the store: away";
        ledger = "waiting for the store: away";
        watch.look();
        now += 31_000;
        assertThat(watch.look().reasons()).extracting(PulseReason::getWhat).containsExactly("opensearch");

        index = "working";
        ledger = "working";

        assertThat(watch.look().reasons()).isEmpty();
        assertThat(meters.get("faultprint.index.waiting.time").gauge().value()).isZero();
    }
}
