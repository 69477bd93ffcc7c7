package io.faultprint.diagnose.gate;

import static io.faultprint.diagnosis.DiagnosisState.CLAIMED;
import static io.faultprint.diagnosis.DiagnosisState.DIAGNOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultprint.diagnose.Bench;
import io.faultprint.diagnose.Records;
import io.faultprint.diagnose.Servers;
import io.faultprint.diagnose.check.ClaimCheck;
import io.faultprint.diagnose.engine.Answer;
import io.faultprint.diagnose.engine.Engine;
import io.faultprint.diagnose.engine.Question;
import io.faultprint.diagnose.evidence.EvidenceBoard;
import io.faultprint.diagnose.evidence.Redaction;
import io.faultprint.diagnose.kafka.Clients;
import io.faultprint.diagnose.rules.RulesEngine;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.serde.AvroCodec;
import io.faultprint.time.Windows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gate on a real broker: what is paid for, and what a lost owner costs. */
@SuppressWarnings("try") // a worker is there to run while the body waits
class GateWorkerIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String address = Servers.shared().kafka();
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(address);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Counts what it is asked; answers as rules do, or never. */
    private static final class Counting implements Engine {

        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch gate;

        Counting(boolean answers) {
            gate = new CountDownLatch(answers ? 0 : 1);
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Answer ask(Question question) throws InterruptedException {
            asked.incrementAndGet();
            gate.await();
            return new RulesEngine().ask(question);
        }
    }

    /** A worker on its thread. */
    private final class Running implements AutoCloseable {

        private final GateWorker worker;
        private final Thread thread;

        Running(String owner, Engine engine, Duration hold, int places) {
            worker = new GateWorker(
                    clients(),
                    AvroCodec.bundled(),
                    new EvidenceBoard(Windows.DEFAULT, new Redaction("test")),
                    new Consultation(Optional.of(engine), new RulesEngine(), new ClaimCheck(20_000)),
                    new GateSettings(owner, hold, 1, places),
                    InstantSource.system(),
                    new GateCounts(new SimpleMeterRegistry()));
            thread = new Thread(worker, "gate-" + owner);
            thread.start();
        }

        @Override
        public void close() {
            worker.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void tenThousandIncidentsOfOneClusterCostOneDiagnosisAlsoAfterARestart() {
        Counting engine = new Counting(true);
        try (Running gate = running("one", engine)) {
            for (int i = 0; i < 5_000; i++) {
                bench.put(Records.novel("inc1-" + i, "clu1-1"));
            }
            await().atMost(SOON).until(() -> bench.states().contains(DIAGNOSED));
        }
        for (int i = 5_000; i < 10_000; i++) {
            bench.put(Records.novel("inc1-" + i, "clu1-1"));
        }
        bench.put(Records.novel("inc1-last", "clu1-last"));
        try (Running gate = running("one", engine)) {
            await().atMost(SOON).until(() -> bench.diagnoses().size() == 4);
        }

        assertThat(bench.diagnoses())
                .extracting(Diagnosis::getCluster)
                .containsExactly("clu1-1", "clu1-1", "clu1-last", "clu1-last");
        assertThat(engine.asked).hasValue(2);
    }

    @Test
    void anOwnerThatIsLostBetweenClaimAndResultCostsOneMoreCallAfterItsRestart() {
        Counting hangs = new Counting(false);
        try (Running gate = running("one", hangs)) {
            bench.put(Records.novel("inc1-1", "clu1-1"));
            await().atMost(SOON).until(() -> hangs.asked.get() == 1);
        }
        // A commit is answered before its readers see it.
        await().atMost(SOON).until(() -> bench.states().equals(List.of(CLAIMED)));

        Counting answers = new Counting(true);
        try (Running gate = running("one", answers)) {
            await().atMost(SOON).until(() -> bench.states().contains(DIAGNOSED));
        }

        assertThat(bench.states()).containsExactly(CLAIMED, CLAIMED, DIAGNOSED);
        assertThat(bench.diagnoses()).extracting(Diagnosis::getAttempt).containsExactly(1, 2, 2);
        assertThat(bench.diagnoses()).extracting(Diagnosis::getRevision).containsExactly(1, 2, 3);
        assertThat(answers.asked).hasValue(1);
    }

    @Test
    void anotherOwnerWaitsOutTheDeadline() {
        Counting hangs = new Counting(false);
        try (Running gate = new Running("one", hangs, Duration.ofSeconds(4), 8)) {
            bench.put(Records.novel("inc1-1", "clu1-1"));
            await().atMost(SOON).until(() -> hangs.asked.get() == 1);
        }
        await().atMost(SOON).until(() -> bench.states().equals(List.of(CLAIMED)));
        long deadline = bench.diagnoses().get(0).getDeadline();

        try (Running gate = running("two", new Counting(true))) {
            await().atMost(SOON).until(() -> bench.states().contains(DIAGNOSED));
        }

        var records = bench.read(io.faultprint.topic.Topics.DIAGNOSES);
        assertThat(records.get(1).timestamp()).isGreaterThanOrEqualTo(deadline);
        assertThat(bench.diagnoses()).extracting(Diagnosis::getOwner).containsExactly("one", "two", "");
    }

    @Test
    void moreThanTheDeskHoldsWaitsInKafkaAndIsDiagnosedInTheEnd() {
        Counting engine = new Counting(true);
        for (int i = 0; i < 40; i++) {
            bench.put(Records.novel("inc1-" + i, "clu1-" + i));
        }
        try (Running gate = new Running("one", engine, Duration.ofMinutes(5), 2)) {
            await().atMost(SOON)
                    .until(() ->
                            bench.states().stream().filter(DIAGNOSED::equals).count() == 40);
        }

        assertThat(engine.asked).hasValue(40);
        assertThat(bench.states().stream().filter(CLAIMED::equals)).hasSize(40);
    }

    @Test
    @SuppressWarnings("NullAway") // without offsets, the group is not looked at
    void aZombieCannotWrite() {
        OwnedPartition zombie =
                OwnedPartition.take(0, clients(), AvroCodec.bundled(), new ClaimLedger("one", Duration.ofMinutes(5)));
        try (OwnedPartition owner =
                OwnedPartition.take(0, clients(), AvroCodec.bundled(), new ClaimLedger("two", Duration.ofMinutes(5)))) {
            Diagnosis claim = ((Decision.Claim) zombie.ledger()
                            .decide(
                                    Records.novel("inc1-1", "clu1-1"),
                                    it -> List.of(),
                                    InstantSource.system().instant()))
                    .claim();

            assertThatThrownBy(() -> zombie.write(List.of(claim), Map.of(), null))
                    .isInstanceOf(KafkaException.class);
            owner.write(List.of(Diagnosis.newBuilder(claim).setOwner("two").build()), Map.of(), null);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bench.diagnoses())
                            .extracting(Diagnosis::getOwner)
                            .containsExactly("two"));
        } finally {
            zombie.close();
        }
    }

    private Clients clients() {
        return new Clients(address, Map.of(), bench.run);
    }

    private Running running(String owner, Engine engine) {
        return new Running(owner, engine, Duration.ofMinutes(5), 8);
    }
}
