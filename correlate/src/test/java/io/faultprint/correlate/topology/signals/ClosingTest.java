package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.ZERO;
import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.error;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.event.Heartbeat;
import io.faultprint.snapshot.Digest;
import io.faultprint.snapshot.SignatureCount;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.Surprise;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.snapshot.Tick;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When windows of the signals application close, and when not. */
class ClosingTest {

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest(name = "{0} is behind")
    @ValueSource(strings = {"logs", "metrics", "spans", "changes", "alerts"})
    void aWindowWaitsForEveryTopic(String behind) {
        bench.beat(ZERO).tell(info("web", at(0), "ready"));
        Bench.EVENTS.stream().filter(topic -> !topic.equals(behind)).forEach(topic -> bench.beat(topic, at(3)));
        bench.beat(behind, at(1) - 1);
        assertThat(bench.snapshots()).isEmpty();
        assertThat(bench.ticks()).isEmpty();

        bench.beat(behind, at(1));

        assertThat(bench.snapshot("web", 0).getLogs()).isEqualTo(1);
        assertThat(bench.ticks()).extracting(Tick::getUpTo).containsExactly(at(1));
    }

    @Test
    void withoutHeartbeatsNothingClosesHoweverMuchComes() {
        for (int window = 0; window < 20; window++) {
            bench.tell(info("web", at(window), "ready"));
        }
        bench.aMomentLater();

        assertThat(bench.out("digests")).isEmpty();
        assertThat(bench.out("snapshots")).isEmpty();
    }

    @Test
    void whatCameBeforeTheFirstHeartbeatIsInItsWindow() {
        bench.tell(info("web", at(1) + 5, "ready"), info("web", at(2), "ready"));

        bench.closed(2);

        assertThat(bench.snapshot("web", 1).getLogs()).isEqualTo(1);
        assertThat(bench.snapshot("web", 2).getLogs()).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanTheCoverageHasItsWindowAndIsBlind() {
        bench.tell(info("web", at(-5), "ready"));

        bench.closed(0);

        assertThat(bench.snapshot("web", -5).getCovered()).isFalse();
        assertThat(bench.ticks().get(0).getUpTo()).isEqualTo(at(-4));
        assertThat(bench.ticks().get(bench.ticks().size() - 1).getUpTo()).isEqualTo(at(1));
        assertThat(bench.ticks().get(bench.ticks().size() - 1).getCovered()).isTrue();
    }

    @Test
    void anEventFarAheadWaitsForItsWindow() {
        bench.beat(ZERO).tell(info("web", at(40) + 3, "from the future"), info("web", at(0), "ready"));

        bench.closed(0);
        assertThat(bench.snapshots()).hasSize(1);

        bench.closed(40);
        assertThat(bench.snapshot("web", 40).getLogs()).isEqualTo(1);
    }

    @Test
    void windowsCloseInOrderAndEachHasOneTick() {
        bench.beat(ZERO).closed(7);

        assertThat(bench.ticks())
                .extracting(Tick::getUpTo)
                .containsExactly(at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8));
        assertThat(bench.ticks()).allMatch(Tick::getCovered).noneMatch(Tick::getEnded);
    }

    @Test
    void digestsComeBeforeTheTickOfTheirWindow() {
        bench.beat(ZERO).tell(info("web", at(0), "ready"), info("orders", at(1), "ready"));

        bench.closed(1);

        assertThat(bench.out("digests").stream().map(r -> Bench.CODEC.decode(r.value())))
                .extracting(r -> r instanceof Digest d ? d.getService() : "tick")
                .containsExactly("web", "tick", "orders", "tick");
    }

    @Test
    void aLongCatchUpIsDoneInStepsAndTheRestFollowsByItself() {
        bench.beat(ZERO).tell(info("web", at(180), "ready"));

        bench.closed(200);
        assertThat(bench.ticks()).hasSizeLessThan(150);

        for (int i = 0; i < 20; i++) {
            bench.aMomentLater();
        }
        assertThat(bench.ticks()).hasSize(201);
        assertThat(bench.snapshot("web", 180).getLogs()).isEqualTo(1);
    }

    @Test
    void aLongStopIsPassedOverInOneStep() {
        bench.beat(ZERO).closed(1);
        int before = bench.ticks().size();

        bench.beat(new Heartbeat("door", 2L, at(1_000), at(1_000), false, false));
        bench.tell(info("web", at(1_000), "ready")).beat(restarted(at(1_001)));

        List<Tick> after = bench.ticks().subList(before, bench.ticks().size());
        assertThat(after).extracting(Tick::getUpTo).containsExactly(at(1_000), at(1_001));
        assertThat(after).extracting(Tick::getCovered).containsExactly(false, true);
        assertThat(bench.snapshot("web", 1_000).getCovered()).isTrue();
    }

    @Test
    void aStopIsNeitherSilenceNorLearned() {
        learn("web", 40);

        bench.beat(new Heartbeat("door", 2L, at(60), at(58), false, false));
        bench.beat(restarted(at(60)));
        bench.tell(info("web", at(60) + 1, "work 1 done")).beat(restarted(at(61)));

        assertThat(bench.digests())
                .allSatisfy(digest -> assertThat(digest.getSurprises())
                        .extracting(Surprise::getKind)
                        .doesNotContain(SurpriseKind.SERVICE_SILENT, SurpriseKind.SIGNATURE_SILENT));
        assertThat(bench.digest("web", 60).getStrength()).isLessThan(2);
    }

    @Test
    void aServiceThatFallsSilentUnderCoverageIsASurprise() {
        learn("web", 40);

        bench.closed(44);

        assertThat(bench.digests())
                .filteredOn(digest -> digest.getWindowStart() >= at(41))
                .flatExtracting(Digest::getSurprises)
                .extracting(Surprise::getKind)
                .contains(SurpriseKind.SERVICE_SILENT);
    }

    @Test
    void whoSpeaksTooLateIsBehindAndNotSilent() {
        learn("web", 40);

        for (int window = 41; window < 45; window++) {
            // The sender is three windows behind.
            bench.tell(info("web", at(window - 3) + 1, "work 1 done")).closed(window);
        }

        assertThat(bench.losses("logs").getLate()).isEqualTo(4);
        assertThat(bench.ticks()).last().extracting(Tick::getUpTo).isEqualTo(at(45));
        // Nothing is known of it in these windows, so nothing is said of it.
        assertThat(bench.snapshots()).noneMatch(snapshot -> snapshot.getWindowStart() >= at(41));
        assertThat(bench.digests())
                .filteredOn(digest -> digest.getWindowStart() >= at(41))
                .flatExtracting(Digest::getSurprises)
                .isEmpty();
        // When nothing comes at all any more, that is silence.
        bench.closed(46);
        assertThat(bench.digests())
                .filteredOn(digest -> digest.getWindowStart() >= at(45))
                .flatExtracting(Digest::getSurprises)
                .extracting(Surprise::getKind)
                .contains(SurpriseKind.SERVICE_SILENT);
    }

    @Test
    void whatIsInTimeIsJudgedBesideWhatIsLate() {
        learn("web", 40);
        bench.tell(info("web", at(38) + 1, "work 1 done"), error("web", at(41), "disk 7 is on fire"))
                .closed(41);

        assertThat(bench.snapshot("web", 41).getCovered()).isTrue();
        assertThat(bench.snapshot("web", 41).getErrorLogs()).isEqualTo(1);
    }

    @Test
    void whatABlindWindowHoldsIsKeptAndNotJudged() {
        learn("web", 40);
        bench.tell(error("web", at(41), "disk 7 is on fire"));

        bench.beat(new Heartbeat("door", 2L, at(42), at(42), false, false));

        Snapshot blind = bench.snapshot("web", 41);
        assertThat(blind.getCovered()).isFalse();
        assertThat(blind.getErrorLogs()).isEqualTo(1);
        assertThat(blind.getSurprises()).isEmpty();
    }

    @Test
    void theLastHeartbeatsCloseAllAndEndTheRun() {
        bench.beat(ZERO).tell(info("web", at(3) + 5, "ready"));

        bench.beat(new Heartbeat("door", 1L, ZERO, at(4), true, false));

        List<Tick> ticks = bench.ticks();
        assertThat(ticks).extracting(Tick::getEnded).containsExactly(false, false, false, false, true);
        assertThat(ticks.get(4).getUpTo()).isEqualTo(at(4));
        assertThat(bench.snapshot("web", 3).getLogs()).isEqualTo(1);
    }

    @Test
    void aRunThatGoesOnAfterItsEndIsNoLongerEnded() {
        bench.beat(ZERO).beat(new Heartbeat("door", 1L, ZERO, at(4), true, false));
        assertThat(bench.ticks().get(4).getEnded()).isTrue();

        bench.beat(restarted(at(5))).beat(restarted(at(8)));
        assertThat(bench.ticks().get(bench.ticks().size() - 1).getEnded()).isFalse();

        bench.beat(new Heartbeat("door", 2L, at(5), at(9), true, false));
        assertThat(bench.ticks().get(bench.ticks().size() - 1).getEnded()).isTrue();
    }

    @Test
    void closedWindowsLeaveNoRows() {
        bench.beat(ZERO);
        for (int window = 0; window < 5; window++) {
            bench.tell(
                    info("web", at(window), "ready"),
                    Events.gauge("web", at(window), 1),
                    Events.span("web", "t" + window, "a", null, at(window), 5, false),
                    Events.span("orders", "t" + window, "b", "a", at(window), 5, false),
                    Events.change("c" + window, at(window), "web"),
                    Events.inBatch(info("web", at(window), "ready"), "batch-" + window, 3));
        }
        bench.closed(4).closed(60);

        assertThat(bench.rows(ServicesProcessor.WINDOW_STORE)).isZero();
        assertThat(bench.rows(SpansProcessor.WINDOW_STORE)).isZero();
        assertThat(bench.rows(SpansProcessor.TRACE_STORE)).isZero();
        // Two topics' clocks, one source's tick, and how far it is; no batches and no counts.
        assertThat(bench.rows(ServicesProcessor.CLOCK_STORE)).isEqualTo(4);
        // Three topics' clocks, how far it is, and the two services that it knows.
        assertThat(bench.rows(SpansProcessor.CLOCK_STORE)).isEqualTo(4 + 2);
    }

    @Test
    void aServiceNotSeenForADayIsForgottenButNotItsSignatures() {
        SignalsSettings d = Bench.SETTINGS;
        bench.close();
        bench = new Bench(
                directory,
                new SignalsSettings(
                        d.windows(),
                        1,
                        1,
                        d.analyst(),
                        d.traceWait(),
                        d.forms(),
                        d.operations(),
                        java.time.Duration.ofSeconds(60),
                        d.bounds(),
                        d.rules()));
        bench.beat(ZERO).tell(info("web", at(0), "ready")).closed(0);
        assertThat(bench.ticks().get(0).getServices()).isEqualTo(1);

        bench.closed(10);
        assertThat(bench.ticks().get(10).getServices()).isZero();
        assertThat(bench.rows(ServicesProcessor.BASELINE_STORE)).isZero();
        assertThat(bench.rows(ServicesProcessor.SIGNATURE_STORE)).isPositive();
    }

    @Test
    void aSignatureKeepsItsIdOverWindows() {
        bench.beat(ZERO).tell(info("web", at(0), "order 17 is ready"), info("web", at(1), "order 4 is ready"));

        bench.closed(1);

        assertThat(List.of(bench.snapshot("web", 0), bench.snapshot("web", 1)))
                .flatExtracting(Snapshot::getSignatures)
                .extracting(SignatureCount::getId)
                .hasSize(2)
                .containsOnly(bench.signatures().get(0).getId());
        assertThat(bench.signatures()).extracting(s -> s.getCount()).containsExactly(1L, 2L);
    }

    private void learn(String service, int windows) {
        bench.beat(ZERO);
        for (int window = 0; window <= windows; window++) {
            for (int i = 0; i < 5; i++) {
                bench.tell(info(service, at(window) + i, "work " + i + " done"));
            }
            bench.closed(window);
        }
    }

    private static Heartbeat restarted(long watermark) {
        return new Heartbeat("door", 2L, ZERO, watermark, false, false);
    }
}
