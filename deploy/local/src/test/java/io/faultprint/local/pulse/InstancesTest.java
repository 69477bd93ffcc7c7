package io.faultprint.local.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.local.show.Style;
import io.faultprint.local.show.Times;
import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseCause;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private static final long NOW = 1_800_000_000_000L;

    private final Instances instances = new Instances();

    @Test
    void allSeeWhenEveryStageHasAnInstanceAndEachSees() {
        healthy();

        Verdict verdict = instances.judge(NOW);

        assertThat(verdict.sees()).isTrue();
        assertThat(verdict.why()).isEmpty();
        assertThat(verdict.instances())
                .extracting(it -> it.pulse().getStage())
                .containsExactly("ingest", "correlate", "diagnose");
    }

    @Test
    void whoSaysNothingForThreePeriodsIsDeadAndThatIsBlindness() {
        healthy();
        instances.hear(pulse("correlate", "b", PulseState.SEEING, NOW - 31_000));

        Verdict verdict = instances.judge(NOW);

        assertThat(verdict.state()).isEqualTo(PulseState.BLIND);
        assertThat(verdict.why()).containsExactly("correlate b has said nothing for 31 s");
        assertThat(instances.judge(NOW - 2_000).sees()).isTrue();
    }

    @Test
    void whoIsDeadForAnHourIsGoneWhenOthersDoItsWork() {
        healthy();
        instances.hear(pulse("correlate", "b", PulseState.SEEING, NOW - 3_601_000));

        assertThat(instances.judge(NOW).sees()).isTrue();
        assertThat(instances.judge(NOW).instances())
                .extracting(Verdict.Instance::condition)
                .contains(Condition.GONE);
    }

    @Test
    void theLastOfAStageIsNeverGone() {
        instances.hear(pulse("correlate", "a", PulseState.SEEING, NOW - 9_999_000));

        assertThat(instances.judge(NOW).why())
                .containsExactly(
                        "no ingest runs",
                        "no correlate runs",
                        "correlate a has said nothing for 2 h 46 min",
                        "no diagnose runs");
    }

    @Test
    void whoStoppedInGoodOrderIsMissedOnlyWhenNobodyElseIsThere() {
        healthy();
        instances.hear(pulse("ingest", "b", PulseState.STOPPED, NOW - 900_000));
        assertThat(instances.judge(NOW).sees()).isTrue();

        instances.hear(pulse("ingest", "a", PulseState.STOPPED, NOW));
        assertThat(instances.judge(NOW).why()).containsExactly("no ingest runs");
    }

    @Test
    void oneThatIsBlindOutweighsOneThatCatchesUp() {
        healthy();
        instances.hear(because("correlate", PulseCause.BEHIND, "catching up, 7 records wait"));
        assertThat(instances.judge(NOW).state()).isEqualTo(PulseState.CATCHING_UP);

        instances.hear(because("diagnose", PulseCause.STORE_AWAY, "OpenSearch: waiting for the store"));
        Verdict verdict = instances.judge(NOW);

        assertThat(verdict.state()).isEqualTo(PulseState.BLIND);
        assertThat(verdict.why())
                .containsExactly(
                        "correlate: catching up, 7 records wait", "diagnose: OpenSearch: waiting for the store");
        assertThat(new PulseTable(new Times(ZoneOffset.UTC)).lines(verdict, NOW, new Style(false, 160)))
                .anySatisfy(line -> assertThat(line)
                        .matches("diagnose +a +blind +07:59:59 \\(1 s\\) +1 s ago +- +3 +0 +diagnose: OpenSearch.*"))
                .anySatisfy(line ->
                        assertThat(line).matches("ingest +a +seeing +07:58:20 \\(1 min 40 s\\) +1 s ago +15 s +3 +0"));
    }

    @Test
    void anOlderPulseDoesNotUndoANewerOne() {
        healthy();
        instances.hear(pulse("ingest", "a", PulseState.BLIND, NOW - 20_000));

        assertThat(instances.judge(NOW).sees()).isTrue();
    }

    @Test
    void goingBlindAndSeeingAgainIsSaidOnceEach() {
        SightTeller teller = new SightTeller(NOW - 100_000);
        healthy();
        assertThat(teller.tell(instances.judge(NOW), NOW)).isEmpty();

        instances.hear(because("correlate", PulseCause.DOOR_SILENT, "door x: no heartbeat for 31 s"));
        assertThat(teller.tell(instances.judge(NOW), NOW))
                .containsExactly("Faultprint is blind: correlate: door x: no heartbeat for 31 s. Until it sees again,"
                        + " no incidents does not mean that all is well.");
        assertThat(teller.tell(instances.judge(NOW), NOW)).isEmpty();

        instances.hear(pulse("correlate", "a", PulseState.SEEING, NOW));
        assertThat(teller.tell(instances.judge(NOW), NOW)).containsExactly("Faultprint sees again.");
        assertThat(teller.tell(instances.judge(NOW), NOW)).isEmpty();
    }

    @Test
    void whileItStartsNothingIsSaidForAMinute() {
        SightTeller teller = new SightTeller(NOW);

        assertThat(teller.tell(instances.judge(NOW + 60_000), NOW + 60_000)).isEmpty();
        assertThat(teller.tell(instances.judge(NOW + 60_001), NOW + 60_001))
                .singleElement()
                .asString()
                .startsWith("Faultprint is blind: no ingest runs; no correlate runs; no diagnose runs.");
    }

    private void healthy() {
        instances.hear(pulse("ingest", "a", PulseState.SEEING, NOW - 1_000));
        instances.hear(pulse("correlate", "a", PulseState.SEEING, NOW - 1_000));
        instances.hear(pulse("diagnose", "a", PulseState.SEEING, NOW - 1_000));
    }

    private static Pulse because(String stage, PulseCause cause, String message) {
        PulseState state = cause == PulseCause.BEHIND ? PulseState.CATCHING_UP : PulseState.BLIND;
        return Pulse.newBuilder(pulse(stage, "a", state, NOW - 1_000))
                .setSince(NOW - 1_000)
                .setWatermark(null)
                .setReasons(List.of(new PulseReason(cause, "it", NOW - 1_000, message)))
                .build();
    }

    private static Pulse pulse(String stage, String instance, PulseState state, long at) {
        return new Pulse(
                stage, instance, "", at, 10_000L, state, NOW - 100_000, List.of(), at - 15_000, 3L, 0, "1", 0L, "f");
    }
}
