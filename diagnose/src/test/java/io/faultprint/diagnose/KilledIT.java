package io.faultprint.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.chaos.endpoint.ModelEndpoint;
import io.faultprint.chaos.endpoint.ModelMode;
import io.faultprint.chaos.endpoint.OpenSearchProxy;
import io.faultprint.chaos.endpoint.StoreMode;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage in a process of its own, killed (SIGKILL) at every point of a diagnosis, and starved of its store. */
@SuppressWarnings("try") // a child is there to run while the body waits
class KilledIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Servers SERVERS = Servers.shared();

    @TempDir
    Path directory;

    private final ModelEndpoint model = new ModelEndpoint();
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(SERVERS.kafka());
    }

    @AfterEach
    void close() {
        bench.close();
        model.close();
    }

    @Test
    void anOwnerKilledAtAnyPointCostsOneMoreCallAtMost() throws Exception {
        model.mode(new ModelMode.Hang());
        try (Child duringTheCall = gate()) {
            bench.put(Records.novel("inc1-1", "clu1-1"));
            await().atMost(SOON).until(() -> model.calls() == 1);
            duringTheCall.kill();
        }
        await().atMost(SOON).until(() -> bench.states().equals(List.of(DiagnosisState.CLAIMED)));
        // As an owner leaves it that is lost between its claim and its call.
        bench.put(Diagnosis.newBuilder(bench.diagnoses().get(0))
                .setCluster("clu1-2")
                .build());

        model.mode(new ModelMode.Slow(Duration.ofHours(1)));
        try (Child afterTheAnswer = gate()) {
            await().atMost(SOON).until(() -> model.calls() == 2);
            // Kafka stands still, so that the answer comes and its record does not.
            signal("STOP", SERVERS.kafkaPid());
            try {
                model.mode(new ModelMode.Good());
                await().atMost(SOON).until(() -> model.answered() == 1);
                afterTheAnswer.killWithoutKafka();
            } finally {
                signal("CONT", SERVERS.kafkaPid());
            }
            afterTheAnswer.kill();
        }

        try (Child last = gate()) {
            await().atMost(SOON).until(() -> diagnosed() == 2);
            bench.put(Records.novel("inc1-3", "clu1-1"));
            bench.put(Records.novel("inc1-4", "clu1-4"));
            await().atMost(SOON).until(() -> diagnosed() == 3);
        }

        Map<String, Integer> ledger = model.ledger();
        // Two owners were lost while they asked; each cost one call more than the three clusters.
        assertThat(ledger.keySet()).containsExactly("clu1-1-1", "clu1-2-1", "clu1-4-1");
        assertThat(ledger.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
        assertThat(ledger.get("clu1-4-1")).isEqualTo(1);
        assertThat(bench.states().stream().filter(DiagnosisState.DIAGNOSED::equals))
                .hasSize(3);
    }

    /** More than its 80 MB of heap hold comes in while the store is away; it would end itself on the first lack of memory. */
    @Test
    void aStoreThatIsAwayCostsLagAndNeitherDataNorMemory() {
        int snapshots = 20_000;
        try (OpenSearchProxy proxy = new OpenSearchProxy(SERVERS.openSearch(), 1);
                Child child = new Child(
                        SERVERS.kafka(),
                        bench.run,
                        80,
                        directory.resolve("outage.log"),
                        Map.of("opensearch.url", "http://" + proxy.address(), "opensearch.create", "true"))) {
            bench.put(Records.snapshot("first", Records.START));
            await().atMost(SOON).until(() -> child.metric("faultprint_index_documents_total", "done") == 1);
            proxy.mode(new StoreMode.Refuse());
            String filler = "v".repeat(5_000);
            for (int i = 0; i < snapshots; i++) {
                bench.put(io.faultprint.snapshot.Snapshot.newBuilder(Records.snapshot("s" + i, Records.START))
                        .setVersions(List.of(filler + i))
                        .build());
            }
            bench.flush();
            bench.put(Records.novel("inc1-1", "clu1-1"));
            await().atMost(SOON).until(() -> diagnosed() == 1);
            await().atMost(SOON).until(() -> child.metric("faultprint_index_lag_records", "") >= snapshots);
            proxy.mode(new StoreMode.Pass());
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> Stored.count(SERVERS.openSearch(), bench.run) >= snapshots);
            assertThat(child.alive()).isTrue();
            assertThat(child.metric("faultprint_index_dead_letters_total", "")).isZero();
        }
    }

    private Child gate() {
        return new Child(
                SERVERS.kafka(),
                bench.run,
                128,
                directory.resolve("gate.log"),
                Map.of(
                        "opensearch.url", "http://127.0.0.1:1",
                        "model.enabled", "true",
                        "model.name", "stub",
                        "model.url", model.url(),
                        "model.calls-per-hour", "10000"));
    }

    private int diagnosed() {
        return (int)
                bench.states().stream().filter(DiagnosisState.DIAGNOSED::equals).count();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }
}
