package io.faultprint.ingest.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.LogEvent;
import io.faultprint.event.MetricEvent;
import io.faultprint.event.MetricKind;
import io.faultprint.ingest.Door;
import io.faultprint.ingest.Kafka;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shippers as Debian has them, writing into topics of a real broker as they do anywhere. */
class ShippersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    static NodeProcess broker;
    static Door door;
    static Kafka kafka;

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
        for (String topic : List.of("rsyslog", "rsyslog-old", "collectd", "rates", "ecs", "lines")) {
            new ForeignTopic(broker.address(), topic, 1).close();
        }
        door = new Door(
                broker.address(),
                "shippers",
                data.resolve("state"),
                Map.ofEntries(
                        Map.entry("topics.rsyslog.format", "syslog"),
                        Map.entry("topics.rsyslog-old.format", "syslog"),
                        Map.entry("topics.collectd.format", "collectd"),
                        Map.entry("topics.collectd.service-from", "host"),
                        Map.entry("topics.rates.format", "collectd"),
                        Map.entry("topics.rates.service-from", "host"),
                        Map.entry("topics.ecs.format", "ecs"),
                        Map.entry("topics.ecs.from", "earliest"),
                        Map.entry("topics.lines.format", "text"),
                        Map.entry("topics.lines.from", "earliest"),
                        Map.entry("topics.lines.service", "legacy"),
                        Map.entry("topics.lines.environment", "prod")));
        kafka = new Kafka(broker.address(), "shippers");
    }

    @AfterAll
    static void stop() {
        door.close();
        broker.close();
    }

    private static Path file(String name, String text) throws Exception {
        return Files.writeString(data.resolve(name), text);
    }

    private static List<LogEvent> logs(String door) {
        return kafka.events(
                "logs", LogEvent.class, log -> log.getEnvelope().getDoor().equals("kafka:" + door));
    }

    /** Debian's folder of libraries has the machine's architecture in its name. */
    private static Path omkafka() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (Path folder : folders) {
                if (Files.exists(folder.resolve("rsyslog/omkafka.so"))) {
                    return folder.resolve("rsyslog/omkafka.so");
                }
            }
        }
        return Path.of("/usr/lib/rsyslog/omkafka.so");
    }

    @Test
    void rsyslogsOmkafkaWithTheTemplateOfRfc5424AndWithTheOldOne() throws Exception {
        Path lines = file("app.log", "disk sda1 is full\npassword=\"hunter2-Hunter2\" was given\n");
        Path conf = file("rsyslog.conf", """
                global(workDirectory="%1$s")
                module(load="imfile")
                module(load="omkafka")
                input(type="imfile" File="%2$s" Tag="cart" Severity="error" Facility="local3" ruleset="out")
                ruleset(name="out") {
                  action(type="omkafka" broker=["%3$s"] topic="rsyslog" template="RSYSLOG_SyslogProtocol23Format")
                  action(type="omkafka" broker=["%3$s"] topic="rsyslog-old" template="RSYSLOG_TraditionalForwardFormat")
                }
                """.formatted(data, lines, broker.address()));

        try (Shipper rsyslog = Shipper.start(
                data,
                List.of(Path.of("/usr/sbin/rsyslogd"), omkafka()),
                "rsyslog rsyslog-kafka",
                "-n",
                "-f",
                conf.toString(),
                "-i",
                data.resolve("rsyslog.pid").toString())) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(logs("rsyslog")).as(rsyslog::said).hasSize(2));
        }

        assertThat(logs("rsyslog").get(0)).satisfies(log -> {
            assertThat(log.getBody()).isEqualTo("disk sda1 is full");
            assertThat(log.getSeverityNumber()).isEqualTo(17);
            assertThat(log.getEnvelope().getService()).isEqualTo("cart");
            assertThat(log.getEnvelope().getInstance()).isNotEmpty();
            assertThat(log.getEnvelope().getEventTime())
                    .isBetween(
                            log.getEnvelope().getReceivedAt() - 60_000,
                            log.getEnvelope().getReceivedAt() + 1_000);
            assertThat(log.getAttributes()).containsEntry("syslog.facility", "local3");
        });
        assertThat(logs("rsyslog").get(1).getBody()).doesNotContain("hunter2");
        List<ConsumerRecord<String, byte[]>> letters = kafka.deadLetters("topic", "rsyslog-old");
        assertThat(Kafka.header(letters.get(0), "message")).contains("template=\"RSYSLOG_SyslogProtocol23Format\"");
    }

    @Test
    void collectdsWriteKafkaWithCountsAndWithRates() throws Exception {
        Path conf = file("collectd.conf", """
                Hostname "db1"
                FQDNLookup false
                BaseDir "%1$s"
                PIDFile "%1$s/collectd.pid"
                PluginDir "/usr/lib/collectd"
                TypesDB "/usr/share/collectd/types.db"
                Interval 1
                LoadPlugin load
                LoadPlugin contextswitch
                LoadPlugin write_kafka
                <Plugin write_kafka>
                  Property "metadata.broker.list" "%2$s"
                  <Topic "collectd">
                    Format JSON
                    StoreRates false
                  </Topic>
                  <Topic "rates">
                    Format JSON
                    StoreRates true
                  </Topic>
                </Plugin>
                """.formatted(data, broker.address()));

        try (Shipper collectd = Shipper.start(
                data,
                List.of(Path.of("/usr/sbin/collectd"), Path.of("/usr/lib/collectd/write_kafka.so")),
                "collectd-core",
                "-f",
                "-C",
                conf.toString())) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(points("collectd.contextswitch"))
                            .as(collectd::said)
                            .hasSizeGreaterThan(1));
            await().atMost(PATIENCE)
                    .until(() -> !points("collectd.load.shortterm").isEmpty());
            assertThat(kafka.deadLetters("topic", "rates"))
                    .allSatisfy(letter ->
                            assertThat(Kafka.header(letter, "message")).contains("set StoreRates false"));
        }

        assertThat(points("collectd.contextswitch")).allSatisfy(point -> {
            assertThat(point.getKind()).isEqualTo(MetricKind.COUNTER);
            assertThat(point.getEnvelope().getService()).isEqualTo("db1");
        });
        List<Double> counts = points("collectd.contextswitch").stream()
                .map(point -> (Double) point.getValue())
                .toList();
        assertThat(counts).isSorted();
        assertThat(points("collectd.load.shortterm").get(0).getKind()).isEqualTo(MetricKind.GAUGE);
    }

    private static List<MetricEvent> points(String name) {
        return kafka.events(
                "metrics",
                MetricEvent.class,
                point -> point.getName().equals(name)
                        && point.getEnvelope().getDoor().equals("kafka:collectd"));
    }

    @Test
    void kcatsLinesAsTextAndAsEcs() throws Exception {
        kcat("lines", "ERROR no stock for item 5\nall is well\n");
        kcat(
                "ecs",
                "{\"@timestamp\":\"2026-01-31T12:00:00Z\",\"message\":\"slow\",\"service.name\":\"cart\"}\n{broken\n");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(logs("lines")).hasSize(2);
            assertThat(logs("ecs")).hasSize(1);
        });
        assertThat(logs("lines")).allSatisfy(log -> {
            assertThat(log.getEnvelope().getService()).isEqualTo("legacy");
            assertThat(log.getEnvelope().getEnvironment()).isEqualTo("prod");
        });
        assertThat(logs("lines").get(0).getSeverityNumber()).isEqualTo(17);
        assertThat(logs("ecs").get(0).getEnvelope().getEventTime()).isEqualTo(1_769_860_800_000L);
        assertThat(kafka.deadLetters("topic", "ecs")).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo("{broken".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(Kafka.header(letter, "offset")).isEqualTo("1");
        });
    }

    private static void kcat(String topic, String lines) throws Exception {
        try (Shipper kcat = Shipper.start(
                data, List.of(Path.of("/usr/bin/kcat")), "kcat", "-P", "-b", broker.address(), "-t", topic)) {
            kcat.feed(lines);
        }
    }
}
