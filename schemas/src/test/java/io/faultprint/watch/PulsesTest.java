package io.faultprint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import io.faultprint.settings.PulseSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PulsesTest {

    private static final Sight FINE = new Sight(List.of(), 5L, 3, 2);

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Pulse> sent = new ArrayList<>();
    private final long[] now = {1_000_000};
    private Sight sight = FINE;
    private @Nullable Exception answer;

    private final Pulses pulses = new Pulses(
            new Who("correlate", "host-1", "f00"),
            "",
            PulseSettings.DEFAULT,
            () -> sight,
            new PulseSink() {
                @Override
                public void send(Pulse pulse, Consumer<@Nullable Exception> answered) {
                    sent.add(pulse);
                    answered.accept(answer);
                }

                @Override
                public void close() {
                    // Nothing to release.
                }
            },
            () -> Instant.ofEpochMilli(now[0]),
            meters);

    @Test
    void aHealthyInstanceSpeaksEveryTenSeconds() {
        for (int second = 0; second <= 20; second++) {
            look(1_000);
        }

        assertThat(sent).extracting(Pulse::getAt).containsExactly(1_001_000L, 1_011_000L, 1_021_000L);
        assertThat(sent).extracting(Pulse::getState).containsOnly(PulseState.SEEING);
        assertThat(sent).extracting(Pulse::getSince).containsOnly(1_001_000L);
        assertThat(sent.get(0).getWatermark()).isEqualTo(5);
        assertThat(sent.get(0).getLag()).isEqualTo(3);
        assertThat(sent.get(0).getOpenWindows()).isEqualTo(2);
        assertThat(sent.get(0).getVersion()).matches("\\d+\\.\\d+.*");
    }

    @Test
    void aChangeIsSaidAtOnceAndSinceWhen() {
        look(1_000);
        sight = FINE.with(reason(PulseCause.DOOR_SILENT, "otlp-http@shop"));
        look(1_000);
        look(1_000);
        sight = FINE;
        look(1_000);

        assertThat(sent)
                .extracting(Pulse::getState)
                .containsExactly(PulseState.SEEING, PulseState.BLIND, PulseState.SEEING);
        assertThat(sent).extracting(Pulse::getSince).containsExactly(1_001_000L, 1_002_000L, 1_004_000L);
    }

    @Test
    void anotherReasonIsSaidAtOnceAndLeavesTheStateAsOldAsItIs() {
        sight = FINE.with(reason(PulseCause.DOOR_SILENT, "one"));
        look(1_000);
        sight = sight.with(reason(PulseCause.RESTORING, "signals"));
        look(1_000);

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).getSince()).isEqualTo(1_001_000L);
        assertThat(sent.get(1).getReasons())
                .extracting(PulseReason::getCause)
                .containsExactly(PulseCause.RESTORING, PulseCause.DOOR_SILENT);
    }

    @Test
    void toBeBehindIsNotToBeBlind() {
        sight = FINE.with(reason(PulseCause.BEHIND, "logs"));
        assertThat(sight.state()).isEqualTo(PulseState.CATCHING_UP);

        assertThat(sight.with(reason(PulseCause.STORE_AWAY, "opensearch")).state())
                .isEqualTo(PulseState.BLIND);
    }

    @Test
    void kafkaThatTakesNothingIsFoundOutByTheInstanceItself() {
        answer = new IllegalStateException("no broker");
        for (int second = 0; second < 30; second++) {
            look(1_000);
        }
        assertThat(pulses.trouble()).isEmpty();
        look(1_000);

        assertThat(pulses.trouble()).contains("Kafka has acknowledged nothing for 31 s", "no broker");
        assertThat(meters.scrape())
                .contains("faultprint_pulse_state{stage=\"correlate\",state=\"blind\"} 1.0")
                .contains("faultprint_pulse_reasons{cause=\"kafka-away\",stage=\"correlate\"} 1.0")
                .contains("faultprint_pulse_sent_total{outcome=\"acknowledged\",stage=\"correlate\"} 0.0");

        answer = null;
        look(10_000);
        look(1_000);
        assertThat(pulses.trouble()).isEmpty();
        assertThat(sent.get(sent.size() - 1).getState()).isEqualTo(PulseState.SEEING);
    }

    @Test
    void aDefectInLookingIsBlindnessAndNotSilence() {
        Pulses broken = new Pulses(
                new Who("diagnose", "one", ""),
                "",
                PulseSettings.DEFAULT,
                () -> {
                    throw new IllegalStateException("defect");
                },
                new Quiet(sent),
                () -> Instant.ofEpochMilli(now[0]),
                meters);
        broken.look();

        assertThat(sent.get(0).getState()).isEqualTo(PulseState.BLIND);
        assertThat(sent.get(0).getReasons().get(0).getCause()).isEqualTo(PulseCause.FAILED);
    }

    @Test
    void theLastWordIsStoppedAndItsMetricsGoWithIt() {
        sight = FINE.with(reason(PulseCause.DOOR_SILENT, "one"));
        look(1_000);
        pulses.close();
        pulses.close();
        look(60_000);

        assertThat(sent).extracting(Pulse::getState).containsExactly(PulseState.BLIND, PulseState.STOPPED);
        assertThat(meters.scrape()).doesNotContain("faultprint_");
    }

    @Test
    void metricsSayWhichInstanceThisIs() throws IOException {
        look(1_000);

        assertThat(meters.scrape())
                .contains(
                        "faultprint_stage_info{configuration=\"f00\",instance=\"host-1\",run=\"\",stage=\"correlate\","
                                + "version=\"" + Who.version() + "\"} 1")
                .contains("faultprint_stage_start_time_seconds{stage=\"correlate\"} 1000.0")
                .contains("faultprint_pulse_since_seconds{stage=\"correlate\"} 1001.0");
    }

    @Test
    void whoHasManyReasonsSaysTheSixteenNearestToTheOrigin() {
        for (int i = 0; i < 30; i++) {
            sight = sight.with(reason(PulseCause.DOOR_SILENT, "door " + i));
        }
        sight = sight.with(reason(PulseCause.FAILED, "signals"));

        assertThat(sight.reasons()).hasSize(16);
        assertThat(sight.reasons().get(0).getCause()).isEqualTo(PulseCause.FAILED);
        assertThat(IntStream.range(0, 2)
                        .mapToObj(i -> sight.reasons().get(i + 1).getWhat()))
                .containsExactly("door 0", "door 1");
    }

    private void look(long millisLater) {
        now[0] += millisLater;
        pulses.look();
    }

    private static PulseReason reason(PulseCause cause, String what) {
        return new PulseReason(cause, what, 7L, cause + " " + what);
    }

    private record Quiet(List<Pulse> sent) implements PulseSink {

        @Override
        public void send(Pulse pulse, Consumer<@Nullable Exception> answered) {
            sent.add(pulse);
            answered.accept(null);
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }
}
