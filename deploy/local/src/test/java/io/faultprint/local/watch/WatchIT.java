package io.faultprint.local.watch;

import static io.faultprint.local.watch.MetricsDoc.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.CorrelateConfig;
import io.faultprint.correlate.CorrelateStage;
import io.faultprint.diagnose.DiagnoseConfig;
import io.faultprint.diagnose.DiagnoseStage;
import io.faultprint.local.Asked;
import io.faultprint.node.NodePair;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseReason;
import io.faultprint.pulse.PulseState;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.snapshot.Snapshot;
import io.faultprint.snapshot.SurpriseKind;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.Topic;
import io.faultprint.topic.TopicAdmin;
import io.faultprint.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faultprint watches itself, on real servers: OpenSearch is killed, then ingest, then correlate loses its state, at last
 * the broker is killed; each time the pulse, the metrics and {@code faultprint status} say so, and say when it is over.
 */
class WatchIT {

    private static final Run RUN = Run.MAIN;
    private static final String DOOR = "otlp-http@shop";

    @TempDir
    static Path directory;

    private static NodeProcess kafka;
    private static NodeProcess openSearch;

    private final PrometheusMeterRegistry diagnoseMeters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @BeforeAll
    static void servers() {
        NodePair nodes = Nodes.both(directory);
        kafka = nodes.kafka();
        openSearch = nodes.openSearch();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            new TopicAdmin(admin, RUN, new Partitions(2, 1)).ensure((short) 1);
        }
    }

    @AfterAll
    static void end() {
        kafka.close();
        openSearch.close();
    }

    @Test
    void whateverIsTakenFromItItSaysThatItIsBlindAndWhyAndWhenItSeesAgain() throws Exception {
        CorrelateStage correlate = correlate();
        try (IngestProcess ingest = ingest();
                Traffic traffic = new Traffic(ingest)) {
            correlate.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ingest.get("/readyz").contains("\"ready\":true"));
            try (DiagnoseStage diagnose = diagnose()) {
                diagnose.start();
                soon().until(() -> value(scrape(), "faultprint_correlate_services", "known") == 1
                        && value(scrape(), "faultprint_correlate_services", "learning") == 0);
                soon().untilAsserted(() ->
                        assertThat(status().code()).as(status().out()).isZero());
                assertThat(status().out()).contains("Faultprint sees.", "In the last hour: 0 late, 0 dead letters.");
                theDocumentIsTrue(ingest);

                withoutOpenSearchDiagnoseIsBlind(diagnose, ingest, traffic);
                aKilledDoorIsNamedAndItsSilenceIsNobodysSilence(correlate, ingest, traffic);
            }
            correlate = withItsStateDeletedItReadsAllOfItBack(correlate, traffic);
            correlate.close();
            withoutABrokerIngestSaysSoItself(ingest);
        } finally {
            correlate.close();
        }
    }

    /** What is scraped is in the document, what is in the document is scraped, with its type and its labels. */
    private void theDocumentIsTrue(IngestProcess ingest) {
        assertThat(MetricsDoc.scraped(ingest.get("/metrics"))).isEqualTo(MetricsDoc.documented("ingest"));
        assertThat(MetricsDoc.scraped(scrape())).isEqualTo(MetricsDoc.documented("correlate"));
        assertThat(MetricsDoc.scraped(diagnoseMeters.scrape())).isEqualTo(MetricsDoc.documented("diagnose"));
    }

    private void withoutOpenSearchDiagnoseIsBlind(DiagnoseStage diagnose, IngestProcess ingest, Traffic traffic) {
        int port = openSearch.port();
        openSearch.kill();

        soon().untilAsserted(() -> {
            String now = diagnoseMeters.scrape();
            assertThat(value(now, "faultprint_pulse_reasons", "store-away")).isOne();
            assertThat(value(now, "faultprint_index_waiting_documents")).isPositive();
            assertThat(value(now, "faultprint_index_waiting_time_seconds")).isGreaterThan(3);
            assertThat(value(now, "faultprint_index_lag_records")).isPositive();
            assertThat(value(now, "faultprint_index_bulk_retries_total")).isPositive();
        });
        assertThat(diagnose.check().ready()).isFalse();
        assertThat(diagnose.check().detail()).contains("OpenSearch: waiting for the store");
        soon().untilAsserted(() -> {
            Asked status = status();
            assertThat(status.code()).isOne();
            assertThat(status.out()).contains("Faultprint is blind: diagnose: OpenSearch: waiting for the store");
        });

        Nodes nodes = Nodes.here();
        openSearch = NodeProcess.start(
                nodes.openSearchSpec(directory.resolve("opensearch")).withPort(port));
        soon().untilAsserted(() -> {
            String now = diagnoseMeters.scrape();
            assertThat(value(now, "faultprint_pulse_state", "state=\"seeing\"")).isOne();
            assertThat(value(now, "faultprint_index_waiting_documents")).isZero();
            assertThat(value(now, "faultprint_index_waiting_time_seconds")).isZero();
        });
        assertThat(traffic.acknowledged()).isPositive();
        assertThat(value(ingest.get("/metrics"), "faultprint_pulse_state", "seeing"))
                .isOne();
    }

    private void aKilledDoorIsNamedAndItsSilenceIsNobodysSilence(
            CorrelateStage correlate, IngestProcess ingest, Traffic traffic) throws Exception {
        traffic.pause();
        ingest.kill();

        soon().untilAsserted(() -> {
            assertThat(value(scrape(), "faultprint_pulse_state", "state=\"blind\""))
                    .isOne();
            assertThat(value(scrape(), "faultprint_pulse_reasons", "door-silent"))
                    .isOne();
            assertThat(value(scrape(), "faultprint_correlate_door_silence_seconds", DOOR))
                    .isGreaterThan(3);
            assertThat(correlate.check().detail()).contains("door " + DOOR + ": no heartbeat for");
        });
        // Its work is not in doubt: a restart of correlate would not bring the door back.
        assertThat(correlate.check().ready()).isTrue();
        soon().untilAsserted(() -> {
            Asked status = status();
            assertThat(status.code()).isOne();
            assertThat(status.out())
                    .contains("correlate: door " + DOOR + ": no heartbeat for")
                    .contains("ingest " + DOOR + " has said nothing for")
                    .contains("no ingest runs");
        });

        ingest.startAgain();
        traffic.resume();
        soon().untilAsserted(() -> assertThat(status().out()).contains("Faultprint sees."));
        long sees = System.currentTimeMillis();
        soon().until(() -> snapshots().anyMatch(s -> s.getWindowStart() > sees && s.getLogs() > 0));
        assertThat(snapshots().flatMap(s -> s.getSurprises().stream()))
                .noneMatch(s ->
                        s.getKind() == SurpriseKind.SERVICE_SILENT || s.getKind() == SurpriseKind.SIGNATURE_SILENT);
        assertThat(read(Topics.INCIDENTS)).isEmpty();
        assertThat(pulses("correlate").map(Pulse::getState))
                .containsSubsequence(PulseState.SEEING, PulseState.BLIND, PulseState.SEEING);
        assertThat(pulses("correlate").flatMap(p -> p.getReasons().stream()).map(PulseReason::getWhat))
                .contains(DOOR);
    }

    /** Every restart reads state back; nothing of it is counted twice. */
    private CorrelateStage withItsStateDeletedItReadsAllOfItBack(CorrelateStage before, Traffic traffic)
            throws IOException {
        traffic.pause();
        long acknowledged = traffic.acknowledged();
        soon().untilAsserted(() -> assertThat(settled(scrape())).isEqualTo(acknowledged));
        before.close();
        assertThat(pulses("correlate").map(Pulse::getState).reduce((one, two) -> two))
                .contains(PulseState.STOPPED);
        delete(directory.resolve("state"));

        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CorrelateStage after = correlate();
        after.start();

        soon().untilAsserted(() -> {
            assertThat(value(scrape(), "faultprint_correlate_restored_records")).isPositive();
            assertThat(value(scrape(), "faultprint_correlate_restore_remaining_records"))
                    .isZero();
            assertThat(value(scrape(), "faultprint_pulse_state", "state=\"seeing\""))
                    .isOne();
            assertThat(value(scrape(), "faultprint_correlate_services", "known"))
                    .isOne();
            assertThat(settled(scrape())).isEqualTo(acknowledged);
        });
        return after;
    }

    private void withoutABrokerIngestSaysSoItself(IngestProcess ingest) {
        kafka.kill();

        soon().untilAsserted(() -> {
            assertThat(value(ingest.get("/metrics"), "faultprint_pulse_reasons", "kafka-away"))
                    .isPositive();
            assertThat(ingest.get("/readyz")).contains("\"ready\":false", "Kafka has acknowledged");
        });
        Asked status = status();
        assertThat(status.code()).isOne();
        assertThat(status.out()).isEqualTo("Kafka at " + kafka.address() + " does not answer: Faultprint is blind.\n");
    }

    private String scrape() {
        return meters.scrape();
    }

    /** Log records that correlate has made up its mind about. */
    private static double settled(String metrics) {
        return value(metrics, "faultprint_correlate_events_total", "kind=\"logs\"");
    }

    private static Asked status() {
        return Asked.of("status", "--kafka", kafka.address());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(250));
    }

    private static Stream<Snapshot> snapshots() {
        return read(Topics.SNAPSHOTS).stream().map(Snapshot.class::cast);
    }

    private static Stream<Pulse> pulses(String stage) {
        return read(Topics.PULSE).stream()
                .map(Pulse.class::cast)
                .filter(p -> p.getStage().equals(stage));
    }

    private static List<SpecificRecord> read(Topic topic) {
        return CommittedRecords.of(kafka.address(), RUN.topic(topic.name()));
    }

    private IngestProcess ingest() throws IOException {
        Map<String, String> settings = settings();
        settings.put("state.dir", directory.resolve("door").toString());
        settings.put("door.name", DOOR);
        settings.put("kafka.delivery", "4s");
        return new IngestProcess(settings, directory.resolve("ingest.log"));
    }

    private CorrelateStage correlate() {
        Map<String, String> settings = settings();
        settings.put("streams.state-dir", directory.resolve("state").toString());
        settings.put("signals.learning-windows", "3");
        return new CorrelateStage(ConfigLoader.of(CorrelateConfig.class, settings), meters);
    }

    /** A model is configured, so that its metrics are there; nothing novel happens, so that it is never called. */
    private DiagnoseStage diagnose() {
        Map<String, String> settings = settings();
        settings.put("opensearch.url", "http://" + openSearch.address());
        settings.put("opensearch.create", "true");
        settings.put("gate.owner", "one");
        settings.put("model.enabled", "true");
        settings.put("model.name", "never-asked");
        settings.put("model.url", "http://127.0.0.1:1/v1");
        return new DiagnoseStage(ConfigLoader.of(DiagnoseConfig.class, settings), diagnoseMeters);
    }

    private static Map<String, String> settings() {
        return new TreeMap<>(Map.of(
                "kafka.bootstrap-servers", kafka.address(),
                "partitions.events", "2",
                "window.size", "1s",
                "window.lateness", "3s",
                "pulse.every", "1s",
                "pulse.blind-after", "3s"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
