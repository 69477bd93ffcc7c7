package io.faultprint.diagnose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.faultprint.chaos.endpoint.OpenSearchProxy;
import io.faultprint.chaos.endpoint.StoreMode;
import io.faultprint.diagnose.store.IncidentView;
import io.faultprint.diagnose.store.OpenSearchSettings;
import io.faultprint.diagnose.store.OpenSearchStore;
import io.faultprint.diagnosis.CauseCategory;
import io.faultprint.diagnosis.Diagnosis;
import io.faultprint.diagnosis.DiagnosisState;
import io.faultprint.incident.Incident;
import io.faultprint.runtime.Unreachable;
import io.faultprint.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole stage on a real broker and a real OpenSearch node. */
class DiagnoseStageIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Servers servers = Servers.shared();
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(servers.kafka());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aNovelIncidentIsIndexedClaimedDiagnosedAndIndexedAgainAndARepeatIsNot() {
        try (DiagnoseStage stage = start(Map.of());
                OpenSearchStore store = store()) {
            Incident novel = Records.novel("inc1-1", "clu1-1");
            bench.put(Records.incident("inc1-0", 1).build());
            bench.put(novel);
            bench.put(Records.cluster("clu1-1", 1, 1, "inc1-1"));
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
                Optional<IncidentView> view = store.incident("inc1-1");
                assertThat(view.map(IncidentView::incident)).contains(novel);
                assertThat(view.flatMap(IncidentView::cluster)).isPresent();
                assertThat(view.flatMap(IncidentView::diagnosis).map(Diagnosis::getState))
                        .contains(DiagnosisState.DIAGNOSED);
            });

            bench.put(Records.repeat("inc1-2", "clu1-1", "inc1-1"));
            await().atMost(SOON).until(() -> store.incident("inc1-2").isPresent());

            assertThat(bench.states()).containsExactly(DiagnosisState.CLAIMED, DiagnosisState.DIAGNOSED);
            Diagnosis diagnosis = bench.diagnoses().get(1);
            assertThat(diagnosis.getOwner()).isEmpty();
            assertThat(diagnosis.getDeadline()).isZero();
            assertThat(diagnosis.getAsOf()).isEqualTo(novel.getAsOf());
            assertThat(diagnosis.getEngine()).isEqualTo("rules");
            assertThat(diagnosis.getHypotheses().get(0).getCategory()).isEqualTo(CauseCategory.RESOURCE_CONNECTIONS);
            assertThat(stage.status().diagnoses()).isOne();
            assertThat(stage.status().modelCalls()).isZero();
            assertThat(stage.check().ready()).isTrue();
        }
    }

    @Test
    void whatCannotBeIndexedBecomesADeadLetterAndItsNeighboursAreIndexed() {
        try (DiagnoseStage stage = start(Map.of());
                OpenSearchStore store = store()) {
            bench.bytes(Topics.INCIDENTS, "shop/x", "not avro".getBytes(UTF_8));
            // An id in OpenSearch has 512 bytes at most.
            bench.put(Records.incident("i".repeat(600), 1).build());
            bench.put(Records.snapshot("cart", Long.MIN_VALUE));
            bench.put(Records.incident("inc1-1", 1).build());

            await().atMost(SOON).until(() -> stage.status().deadLettered() == 3);
            await().atMost(SOON).until(() -> store.incident("inc1-1").isPresent());
            assertThat(bench.read(Topics.DEAD_LETTERS))
                    .extracting(it -> header(it, "cause"))
                    .containsExactlyInAnyOrder("MALFORMED", "REFUSED_BY_STORE", "BAD_TIME");
            ConsumerRecord<byte[], byte[]> malformed = bench.read(Topics.DEAD_LETTERS).stream()
                    .filter(it -> header(it, "cause").equals("MALFORMED"))
                    .findFirst()
                    .orElseThrow();
            assertThat(malformed.value()).isEqualTo("not avro".getBytes(UTF_8));
            assertThat(header(malformed, "stage")).isEqualTo("diagnose");
            assertThat(header(malformed, "topic")).isEqualTo(bench.run.topic("incidents"));
            assertThat(header(malformed, "offset")).isEqualTo("0");
        }
    }

    @Test
    void aPoisonedRecordInEachTopicIsADeadLetterOnceAndNothingElseIsAnyDifferent() {
        List<Poisons.Poison> before = Poisons.ofClaims();
        before.forEach(poison -> bench.bytes(poison.topic(), poison.key(), poison.bytes()));
        bench.flush();
        try (DiagnoseStage stage = start(Map.of());
                OpenSearchStore store = store()) {
            await().atMost(SOON).until(() -> stage.status().deadLettered() == before.size());
            List<Poisons.Poison> during = Poisons.ofEveryTopic();
            bench.put(Records.snapshot("before", Records.START));
            during.forEach(poison -> bench.bytes(poison.topic(), poison.key(), poison.bytes()));
            bench.bytes(Topics.INCIDENTS, "shop/inc1-gone", null);
            bench.put(Records.snapshot("after", Records.START));
            bench.put(Records.cluster(Poisons.CLUSTER, 1, 1, "inc1-9"));
            bench.put(Records.novel("inc1-9", Poisons.CLUSTER));

            await().atMost(SOON)
                    .until(() -> store.incident("inc1-9")
                            .flatMap(IncidentView::diagnosis)
                            .map(Diagnosis::getState)
                            .equals(Optional.of(DiagnosisState.DIAGNOSED)));

            List<Poisons.Poison> all =
                    Stream.concat(before.stream(), during.stream()).toList();
            await().atMost(SOON).until(() -> stage.status().deadLettered() == all.size());
            assertThat(bench.read(Topics.DEAD_LETTERS))
                    .extracting(
                            it -> header(it, "topic") + " " + header(it, "cause") + " " + header(it, "stage"),
                            it -> Poisons.beginning(it.value()))
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .map(it -> tuple(
                                    bench.run.topic(it.topic().name()) + " " + it.cause() + " diagnose",
                                    Poisons.beginning(it.bytes())))
                            .toList());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Stored.in(servers.openSearch(), bench.run).keySet().stream()
                                    .filter(it -> it.startsWith(bench.run.index("dead-letters"))))
                            .hasSize(all.size()));
            await().atMost(SOON).until(() -> stage.status().waiting() == 0);
            assertThat(stage.status().diagnoses()).isOne();
            assertThat(stage.check().ready()).isTrue();
        }
    }

    @Test
    void openSearchDownInTheMiddleCostsLagAndNothingElse() {
        try (DiagnoseStage stage = start(Map.of())) {
            bench.put(Records.snapshot("before", Records.START));
            await().atMost(SOON).until(() -> stage.status().indexed() == 1);

            servers.killOpenSearch();
            List<SpecificRecord> sent = new ArrayList<>(List.of(Records.snapshot("before", Records.START)));
            for (int i = 0; i < 3000; i++) {
                sent.add(Records.snapshot("s" + i, Records.START));
            }
            sent.add(Records.novel("inc1-1", "clu1-1"));
            sent.subList(1, sent.size()).forEach(bench::put);
            // Incidents are diagnosed while the store is away.
            await().atMost(SOON)
                    .until(() -> bench.states().equals(List.of(DiagnosisState.CLAIMED, DiagnosisState.DIAGNOSED)));
            await().atMost(SOON).until(() -> stage.status().waiting() > 2000);
            assertThat(stage.check().live()).isTrue();
            assertThat(stage.check().ready()).isFalse();
            servers.startOpenSearch();

            sent.addAll(bench.diagnoses());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Stored.in(servers.openSearch(), bench.run))
                            .isEqualTo(Stored.of(bench.run, sent)));
            await().atMost(SOON).until(() -> stage.status().waiting() == 0);
            assertThat(stage.status().stale()).isZero();
            assertThat(stage.status().deadLettered()).isZero();
        }
    }

    @Test
    void aMissingBrokerStopsTheStartWithItsAddress() {
        DiagnoseConfig config = bench.config(
                servers.openSearch(),
                Map.of("kafka.bootstrap-servers", "127.0.0.1:1", "kafka.properties.default.api.timeout.ms", "1500"));

        try (DiagnoseStage stage = new DiagnoseStage(config, new SimpleMeterRegistry())) {
            assertThatThrownBy(stage::start)
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("kafka.bootstrap-servers 127.0.0.1:1");
            assertThat(stage.check().ready()).isFalse();
        }
    }

    @Test
    void aMissingStoreIsWaitedForWhileIncidentsAreDiagnosed() {
        try (OpenSearchProxy proxy = new OpenSearchProxy(servers.openSearch(), 1)) {
            proxy.mode(new StoreMode.Refuse());
            bench.put(Records.novel("inc1-1", "clu1-1"));
            try (DiagnoseStage stage =
                            new DiagnoseStage(bench.config(proxy.address(), Map.of()), new SimpleMeterRegistry());
                    OpenSearchStore store = store()) {
                stage.start();
                await().atMost(SOON).until(() -> bench.states().contains(DiagnosisState.DIAGNOSED));
                await().atMost(SOON).until(() -> stage.check().detail().contains("index: waiting for the store"));
                assertThat(stage.check().live()).isTrue();
                assertThat(stage.check().ready()).isFalse();

                proxy.mode(new StoreMode.Pass());

                await().atMost(SOON).until(() -> stage.check().ready());
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> store.incident("inc1-1")
                                .flatMap(IncidentView::diagnosis)
                                .isPresent());
            }
        }
    }

    @Test
    void aStoreThatHangsKeepsNobodyFromKafkaAndNothingIsLostOrTwice() {
        try (OpenSearchProxy proxy = new OpenSearchProxy(servers.openSearch(), 1);
                DiagnoseStage stage = new DiagnoseStage(
                        // Who is away from Kafka for longer is thrown out of the group, and the batch comes again.
                        bench.config(proxy.address(), Map.of("kafka.properties.max.poll.interval.ms", "6000")),
                        new SimpleMeterRegistry())) {
            stage.start();
            await().atMost(SOON).until(() -> stage.check().ready());
            Set<String> members = bench.members("diagnose-index");
            proxy.mode(new StoreMode.Hang());
            List<SpecificRecord> sent = new ArrayList<>(
                    List.of(Records.cluster("clu1-1", 1, 1, "inc1-1"), Records.novel("inc1-1", "clu1-1")));
            for (int i = 0; i < 100; i++) {
                sent.add(Records.snapshot("s" + i, Records.START));
            }
            sent.forEach(bench::put);

            await().atMost(SOON).until(() -> stage.check().detail().contains("waiting for the store: no answer for"));
            await().atMost(SOON)
                    .until(() -> bench.states().equals(List.of(DiagnosisState.CLAIMED, DiagnosisState.DIAGNOSED)));
            assertThat(stage.check().live()).isTrue();
            assertThat(stage.check().ready()).isFalse();
            proxy.mode(new StoreMode.Pass());

            sent.addAll(bench.diagnoses());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Stored.in(servers.openSearch(), bench.run))
                            .isEqualTo(Stored.of(bench.run, sent)));
            await().atMost(SOON).until(() -> stage.check().ready());
            assertThat(bench.members("diagnose-index")).isNotEmpty().isEqualTo(members);
            assertThat(stage.status().stale() + stage.status().deadLettered()).isZero();
        }
    }

    /** Partitions come while the store is being prepared, in a second or two, and nobody tells of them again. */
    @Test
    void aStoreThatTakesLongerThanTheGroupToGetReadyDoesNotLeaveTheStageJoining() throws Exception {
        try (OpenSearchProxy proxy = new OpenSearchProxy(servers.openSearch(), 1)) {
            proxy.mode(new StoreMode.Slow(Duration.ofMillis(80)));

            try (DiagnoseStage stage =
                    new DiagnoseStage(bench.config(proxy.address(), Map.of()), new SimpleMeterRegistry())) {
                stage.start();

                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(stage.check().ready()).isTrue());
                assertThat(stage.check().detail()).contains("index: working");
            }
        }
    }

    private DiagnoseStage start(Map<String, String> more) {
        DiagnoseStage stage = new DiagnoseStage(bench.config(servers.openSearch(), more), new SimpleMeterRegistry());
        stage.start();
        await().atMost(SOON).until(() -> stage.check().ready());
        return stage;
    }

    private OpenSearchStore store() {
        return new OpenSearchStore(OpenSearchSettings.at("http://" + servers.openSearch()), bench.run);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader("faultprint." + name).value(), UTF_8);
    }
}
