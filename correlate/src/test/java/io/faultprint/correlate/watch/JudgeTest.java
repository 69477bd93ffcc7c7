package io.faultprint.correlate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.correlate.watch.TaskFacts.Counted;
import io.faultprint.correlate.watch.TaskFacts.Door;
import io.faultprint.correlate.watch.TaskFacts.Input;
import io.faultprint.correlate.watch.TaskFacts.Services;
import io.faultprint.correlate.watch.TaskFacts.Source;
import io.faultprint.correlate.watch.TaskFacts.Ticks;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import io.faultprint.time.Windows;
import io.faultprint.watch.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One task of services with two inputs and two sources of ticks, and one of incidents; looked at each second. */
class JudgeTest {

    private static final long START = 1_800_000_000_000L;
    private static final long LATENESS = Windows.DEFAULT.latenessMillis();

    private final Map<String, Long> lag = new HashMap<>();
    private final Map<String, Long> restoring = new TreeMap<>();
    private final Map<String, Long> beats = new HashMap<>();
    private final Map<String, Long> watermarks = new HashMap<>();
    private final List<Long> ticks = new ArrayList<>(List.of(0L, 0L));
    private Judge judge = new Judge(Windows.DEFAULT, true, 30_000);
    private boolean running = true;
    private boolean ended;
    private long moves;
    private long now = START;
    private Sight sight = new Sight(List.of(), null, 0, 0);

    @Test
    void doorsThatBeatWithoutAnyEventAreSight() {
        seconds(300, () -> beat("logs", "metrics"));

        assertThat(sight.state()).isEqualTo(PulseState.SEEING);
        assertThat(sight.watermark()).isEqualTo(now - LATENESS);
    }

    @Test
    void aDoorThatFallsSilentIsNamedAfterTheBoundAndForgottenWhenItSpeaksAgain() {
        seconds(60, () -> beat("logs", "metrics"));
        long last = now;
        seconds(30, () -> {});
        assertThat(sight.state()).isEqualTo(PulseState.SEEING);

        seconds(2, () -> {});
        assertThat(sight.state()).isEqualTo(PulseState.BLIND);
        PulseReason reason = only();
        assertThat(reason.getCause()).isEqualTo(PulseCause.DOOR_SILENT);
        assertThat(reason.getWhat()).isEqualTo("otlp-http@shop");
        assertThat(reason.getSince()).isEqualTo(last);
        assertThat(reason.getMessage()).isEqualTo("door otlp-http@shop: no heartbeat for 32 s (logs-0, metrics-0)");

        seconds(1, () -> beat("logs", "metrics"));
        assertThat(sight.state()).isEqualTo(PulseState.SEEING);
    }

    @Test
    void oneInputThatMissesADoorIsNamedAlone() {
        seconds(40, () -> beat("logs", "metrics"));
        seconds(40, () -> beat("logs"));

        assertThat(only().getMessage()).contains("(metrics-0)");
        assertThat(only().getCause()).isEqualTo(PulseCause.DOOR_SILENT);
    }

    @Test
    void aDoorWhoseWatermarkStandsStillIsHeld() {
        seconds(40, () -> beat("logs", "metrics"));
        long stands = now - LATENESS;
        seconds(40, () -> {
            beat("logs", "metrics");
            watermarks.put("logs", stands);
            watermarks.put("metrics", stands);
        });

        assertThat(only().getCause()).isEqualTo(PulseCause.DOOR_HELD);
        assertThat(only().getMessage()).startsWith("door otlp-http@shop: its heartbeats come, but");
    }

    @Test
    void beforeTheFirstHeartbeatItWaitsAndThenItIsBlind() {
        seconds(20, () -> {});
        assertThat(sight.state()).isEqualTo(PulseState.CATCHING_UP);

        seconds(20, () -> {});
        assertThat(sight.state()).isEqualTo(PulseState.BLIND);
        assertThat(only().getCause()).isEqualTo(PulseCause.NO_DOOR);
    }

    @Test
    void anHourThatIsReadLaterIsNeitherSilenceNorBlindness() {
        seconds(5, () -> beat("logs", "metrics"));
        now += 3_600_000;
        lag.put("logs-0", 40_000L);
        lag.put("metrics-0", 2L);
        long[] at = {now - 3_600_000};
        seconds(60, () -> {
            at[0] += 30_000;
            beats.merge("logs", 1L, Long::sum);
            beats.merge("metrics", 1L, Long::sum);
            watermarks.put("logs", at[0]);
            watermarks.put("metrics", at[0]);
        });

        assertThat(sight.state()).isEqualTo(PulseState.CATCHING_UP);
        assertThat(only().getMessage()).contains("40002 records wait");
    }

    @Test
    void whatIsSlowlyReadIsNotADeadDoor() {
        seconds(40, () -> beat("logs", "metrics"));
        lag.put("logs-0", 9_000L);
        seconds(100, () -> beat("metrics"));

        assertThat(sight.reasons()).extracting(PulseReason::getCause).containsOnly(PulseCause.BEHIND);
    }

    @Test
    void aSourceOfTicksThatStandsStillIsNamed() {
        seconds(60, () -> beat("logs", "metrics"));
        long stands = ticks.get(1);
        seconds(60, () -> {
            beat("logs", "metrics");
            ticks.set(1, stands);
        });

        assertThat(sight.state()).isEqualTo(PulseState.BLIND);
        assertThat(sight.reasons())
                .extracting(PulseReason::getWhat)
                .containsExactlyInAnyOrder("partials-0 source 1", "digests-0 source 1");
        assertThat(sight.reasons()).extracting(PulseReason::getCause).containsOnly(PulseCause.SOURCE_STALLED);
    }

    @Test
    void aTaskThatNoLongerSpeaksIsStuck() {
        seconds(40, () -> beat("logs", "metrics"));
        seconds(40, () -> {
            beat("logs", "metrics");
            moves--;
        });

        assertThat(sight.reasons()).extracting(PulseReason::getCause).contains(PulseCause.STUCK);
        assertThat(sight.reasons().get(0).getMessage()).contains("has not moved for");
    }

    @Test
    void stateThatIsReadBackIsBlindnessWithAnEnd() {
        restoring.put("services-windows", 1234L);
        seconds(1, () -> beat("logs", "metrics"));

        assertThat(sight.state()).isEqualTo(PulseState.BLIND);
        assertThat(sight.reasons().get(0).getMessage())
                .isEqualTo("signals reads its state back: 1234 records left in services-windows");
        restoring.clear();
        seconds(1, () -> beat("logs", "metrics"));
        assertThat(sight.state()).isEqualTo(PulseState.SEEING);
    }

    @Test
    void aRunThatHasEndedIsNotBlind() {
        seconds(40, () -> beat("logs", "metrics"));
        ended = true;
        seconds(200, () -> {});

        assertThat(sight.state()).isEqualTo(PulseState.SEEING);
    }

    @Test
    void aReplayIsOldByNature() {
        judge = new Judge(Windows.DEFAULT, false, 30_000);
        long[] at = {START - 400L * 86_400_000};
        seconds(60, () -> {
            at[0] += 20_000;
            beats.merge("logs", 1L, Long::sum);
            beats.merge("metrics", 1L, Long::sum);
            watermarks.put("logs", at[0]);
            watermarks.put("metrics", at[0]);
            ticks.set(0, at[0]);
            ticks.set(1, at[0]);
        });

        assertThat(sight.state()).isEqualTo(PulseState.SEEING);
    }

    private PulseReason only() {
        assertThat(sight.reasons()).hasSize(1);
        return sight.reasons().get(0);
    }

    /** So many seconds, in each of which this happens before the look; ticks follow the watermarks. */
    private void seconds(int seconds, Runnable each) {
        for (int i = 0; i < seconds; i++) {
            now += 1_000;
            moves++;
            long least = watermarks.values().stream().mapToLong(w -> w).min().orElse(0);
            ticks.set(0, Windows.DEFAULT.startOf(least));
            ticks.set(1, Windows.DEFAULT.startOf(least));
            each.run();
            look();
        }
    }

    private void beat(String... topics) {
        for (String topic : topics) {
            beats.put(topic, now);
            watermarks.put(topic, now - LATENESS);
        }
    }

    private void look() {
        List<Input> inputs = List.of(input("logs"), input("metrics"));
        List<Source> sources = ticks.get(0) == 0
                ? List.of()
                : List.of(new Source(0, ticks.get(0), ended), new Source(1, ticks.get(1), ended));
        TaskFacts services = new TaskFacts(
                "services-0",
                inputs,
                new Ticks("partials", 0, 2, sources),
                1,
                Map.of(),
                Services.NONE,
                0,
                Counted.NOTHING);
        TaskFacts incidents = new TaskFacts(
                "incidents-0",
                List.of(),
                new Ticks("digests", 0, sources.isEmpty() ? 0 : 2, sources),
                0,
                Map.of(),
                Services.NONE,
                0,
                Counted.NOTHING);
        AppView signals = new AppView("signals", running, null, lag, Map.of(), restoring, Map.of());
        sight = judge.look(
                List.of(signals),
                Map.of("services-0", new Board.Said(services, moves), "incidents-0", new Board.Said(incidents, moves)),
                now);
    }

    private Input input(String topic) {
        Long watermark = watermarks.get(topic);
        return watermark == null
                ? new Input(topic, 0, TaskFacts.UNKNOWN, List.of())
                : new Input(
                        topic,
                        0,
                        watermark,
                        List.of(new Door("otlp-http@shop", watermark, beats.getOrDefault(topic, 0L), ended)));
    }
}
