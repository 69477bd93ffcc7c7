package io.faultprint.correlate.topology.signals;

import static io.faultprint.correlate.topology.signals.Events.at;
import static io.faultprint.correlate.topology.signals.Events.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.snapshot.SignatureEntry;
import io.faultprint.snapshot.SignatureKind;
import io.faultprint.snapshot.SurpriseKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with room for two signatures, which forgets after a minute: six windows. */
class GivingWayTest {

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        SignalsSettings d = Bench.SETTINGS;
        SignalsBounds b = SignalsBounds.DEFAULT;
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
                        Duration.ofMinutes(1),
                        new SignalsBounds(
                                b.services(),
                                b.points(),
                                b.series(),
                                b.baselines(),
                                2,
                                b.allSignatures(),
                                b.waitingSpans(),
                                b.batches(),
                                b.windowBytes(),
                                b.windowsAhead()),
                        d.rules()));
        bench.beat(Events.ZERO);
        bench.tell(info("web", at(0), "cache warmed up"), info("web", at(0) + 1, "disk is nearly full"))
                .closed(0);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** The service goes on saying one thing. */
    private void warm(int from, int to) {
        for (int window = from; window < to; window++) {
            bench.tell(info("web", at(window), "cache warmed up")).closed(window);
        }
    }

    private List<SignatureEntry> of(String template) {
        return bench.signatures().stream()
                .filter(entry -> entry.getTemplate().equals(template))
                .toList();
    }

    @Test
    void whatIsNewIsFloodWhileBothAreStillSaid() {
        warm(1, 3);
        bench.tell(info("web", at(3), "queue was drained")).closed(3);

        assertThat(of("queue was drained")).isEmpty();
        assertThat(bench.signatures()).extracting(SignatureEntry::getKind).contains(SignatureKind.FLOOD);
        assertThat(bench.cuts(Cut.SIGNATURES)).isEqualTo(1);
    }

    @Test
    void whatHasNotBeenSaidForLongGivesWay() {
        warm(1, 9);
        bench.tell(info("web", at(9), "queue was drained"), info("web", at(9) + 1, "cache warmed up"))
                .closed(9);

        assertThat(of("queue was drained")).hasSize(1);
        assertThat(of("cache warmed up"))
                .last()
                .extracting(SignatureEntry::getCount)
                .isEqualTo(10L);
        assertThat(bench.cuts(Cut.SIGNATURES)).isZero();
    }

    @Test
    void whatComesBackHasItsOldIdAndHistory() {
        warm(1, 9);
        bench.tell(info("web", at(9), "queue was drained"), info("web", at(9) + 1, "cache warmed up"))
                .closed(9);
        warm(10, 20);
        bench.tell(info("web", at(20), "disk is nearly full"), info("web", at(20) + 1, "cache warmed up"))
                .closed(20);

        List<SignatureEntry> disk = of("disk is nearly full");
        assertThat(disk).hasSize(2);
        assertThat(disk.get(1).getId()).isEqualTo(disk.get(0).getId());
        assertThat(disk.get(1).getFirstSeen()).isEqualTo(at(0) + 1);
        assertThat(disk.get(1).getCount()).isEqualTo(2);
        assertThat(bench.snapshot("web", 20).getSurprises())
                .noneMatch(surprise -> surprise.getKind() == SurpriseKind.NEW_SIGNATURE);
    }
}
