package io.faultprint.correlate;

import static io.faultprint.correlate.topology.signals.Events.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultprint.correlate.topology.signals.Events;
import io.faultprint.event.Heartbeat;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import io.faultprint.runtime.ConfigLoader;
import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage on a real broker, with two partitions: what comes out, and what is left of it when it is killed. */
class CorrelateStageIT {

    private static final int WINDOWS = 60;
    private static final int FAULT = 36;
    private static final List<String> POISONED =
            List.of("logs", "metrics", "spans", "changes", "alerts", "partials", "digests");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static NodeProcess kafka;

    @BeforeAll
    static void broker() {
        kafka = Nodes.kafka(directory.resolve("kafka"));
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @Test
    void aFaultBecomesAnIncidentAndAKilledStageSaysWhatAnUndisturbedOneDoes() throws Exception {
        try (Topics calm = new Topics(kafka.address(), "calm");
                Topics rough = new Topics(kafka.address(), "rough");
                CorrelateStage undisturbed = new CorrelateStage(config("calm"), new SimpleMeterRegistry())) {
            undisturbed.start();
            Process first = process("rough", "first");
            try {
                tell(calm, 0, WINDOWS);
                tell(rough, 0, WINDOWS / 2);
                await().atMost(PATIENCE).until(() -> rough.read("snapshots").size() > 20);
            } finally {
                // As machines die: no goodbye to the group, a transaction left open.
                first.destroyForcibly().waitFor();
            }

            // Nothing of the first is left but what is on the broker.
            try (CorrelateStage second = new CorrelateStage(config("rough"), new SimpleMeterRegistry())) {
                second.start();
                tell(rough, WINDOWS / 2, WINDOWS);
                await().atMost(PATIENCE).until(() -> resolved(calm) && calm.ended());
                await().atMost(PATIENCE).until(() -> resolved(rough) && rough.ended());
                assertThat(second.check().ready()).isTrue();
            }

            Incident incident = calm.incidents().get(0);
            assertThat(incident.getServices()).contains("orders");
            assertThat(incident.getStarted()).isBetween(at(FAULT), at(FAULT + 2));
            assertThat(calm.read("late")).isEmpty();
            assertThat(calm.read("dead-letters")).isEmpty();
            assertThat(calm.kept()).isEqualTo(story(0, WINDOWS).size());
            for (String topic : List.of("snapshots", "digests", "signatures", "incidents", "clusters")) {
                assertThat(rough.read(topic)).as(topic).isNotEmpty().isEqualTo(calm.read(topic));
            }
            assertThat(rough.kept()).isEqualTo(calm.kept());
        }
    }

    @Test
    void recordsOfKafkasGreatestSizeStopNothing() throws Exception {
        try (Topics topics = new Topics(kafka.address(), "large");
                CorrelateStage stage = new CorrelateStage(config("large"), new SimpleMeterRegistry())) {
            stage.start();
            topics.beat(new Heartbeat("door", 1L, at(0), at(0), false, false));
            // A letter is longer than its record: by its headers, beyond what Kafka takes.
            byte[] noise = new byte[1_048_000];
            for (String topic : POISONED) {
                topics.raw(topic, "prod/web", noise);
            }
            // Taken by the door one by one; the snapshot that holds them all would be refused by the producer.
            topics.send(Events.longNames("web", at(0)));
            topics.send(List.of(Events.info("web", at(0), "ready")));

            topics.beat(new Heartbeat("door", 1L, at(0), at(2), false, false));

            await().atMost(PATIENCE).until(() -> topics.ticked(at(2)));
            // Of the digest its size is seen before its bytes; the other is the snapshot.
            assertThat(topics.causes())
                    .hasSize(POISONED.size() + 1)
                    .containsOnly("MALFORMED", "TOO_LARGE")
                    .filteredOn("TOO_LARGE"::equals)
                    .hasSize(2);
            assertThat(topics.kept()).isEqualTo(201);
            assertThat(stage.check().ready()).isTrue();
        }
    }

    @Test
    void withoutABrokerItSaysWhichSettingToMend() {
        CorrelateConfig nowhere = ConfigLoader.of(
                CorrelateConfig.class,
                Map.of("kafka.bootstrap-servers", "127.0.0.1:1", "kafka.properties.default.api.timeout.ms", "1500"));

        try (CorrelateStage stage = new CorrelateStage(nowhere, new SimpleMeterRegistry())) {
            assertThatThrownBy(stage::start)
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("kafka.bootstrap-servers 127.0.0.1:1");
            assertThat(stage.check().ready()).isFalse();
        }
    }

    @Test
    void aStateDirectoryThatCannotBeIsAMistakeOfTheUser() throws IOException {
        Path file = Files.writeString(directory.resolve("a-file"), "in the way");
        Map<String, String> settings = settings("elsewhere");
        settings.put("streams.state-dir", file.resolve("state").toString());

        try (CorrelateStage stage =
                new CorrelateStage(ConfigLoader.of(CorrelateConfig.class, settings), new SimpleMeterRegistry())) {
            assertThatThrownBy(stage::start)
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("streams.state-dir " + file.resolve("state"));
        }
    }

    private static boolean resolved(Topics topics) {
        return topics.incidents().stream().anyMatch(i -> i.getStatus() == IncidentStatus.RESOLVED);
    }

    private static Map<String, String> settings(String run) {
        return new TreeMap<>(Map.of(
                "kafka.bootstrap-servers", kafka.address(),
                "run.id", run,
                "partitions.events", String.valueOf(Topics.PARTITIONS),
                "streams.state-dir", directory.resolve("state-" + run).toString()));
    }

    private static CorrelateConfig config(String run) {
        return ConfigLoader.of(CorrelateConfig.class, settings(run));
    }

    /** The stage as a process of its own, which can be killed as machines are. */
    private static Process process(String run, String instance) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CorrelateMain.class.getName()));
        Map<String, String> settings = settings(run);
        settings.put("streams.state-dir", directory.resolve("state-" + instance).toString());
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(instance + ".log").toFile())
                .start();
    }

    private static void tell(Topics topics, int from, int to) throws Exception {
        for (int window = from; window < to; window += 5) {
            topics.send(story(window, window + 5));
            topics.beat(new Heartbeat("door", 1L, at(0), at(window + 5), window + 5 == WINDOWS, false));
        }
    }

    /** Two services in health; then the orders cannot reach their database, and the web is told so. */
    private static List<SpecificRecord> story(int from, int to) {
        List<SpecificRecord> events = new ArrayList<>();
        for (int window = from; window < to; window++) {
            Random random = new Random(window);
            boolean fault = window >= FAULT && window < FAULT + 4;
            for (int i = 0; i < 8; i++) {
                long time = at(window) + 500 + 1_000L * i;
                String trace = "%032x".formatted(window * 100L + i);
                events.add(Events.info("web", time, "request " + i + " served"));
                events.add(Events.info("orders", time, "order " + random.nextInt(1_000) + " stored"));
                events.add(Events.gauge("orders", time, 10 + random.nextInt(3)));
                events.add(Events.span("web", trace, "000000000000000a", null, time + 40, 40, fault));
                events.add(Events.span(
                        "orders", trace, "000000000000000b", "000000000000000a", time + 30, fault ? 900 : 20, fault));
                if (fault) {
                    events.add(Events.error("orders", time, "no connection to the database after " + i + " attempts"));
                    events.add(Events.error("web", time, "orders did not answer request " + i));
                }
            }
        }
        return events;
    }
}
