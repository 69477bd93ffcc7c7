package io.faultprint.notify;

import static io.faultprint.notify.Records.CLUSTER;
import static io.faultprint.notify.Records.INCIDENT;
import static io.faultprint.notify.Records.diagnosis;
import static io.faultprint.notify.Records.incident;
import static io.faultprint.notify.Records.resolved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.letter.Letter;
import io.faultprint.notify.form.Signature;
import io.faultprint.pulse.Pulse;
import io.faultprint.pulse.PulseCause;
import io.faultprint.serde.AvroCodec;
import io.faultprint.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage with a real broker and real receivers. */
class NotifyIT {

    @TempDir
    Path directory;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void oneTargetThatIsAwayKeepsNoOtherWaitingAndIsToldAllOfItWhenItComes() {
        String secret = UUID.randomUUID().toString();
        int port;
        try (Receiver closed = new Receiver()) {
            port = closed.port();
        }
        try (Bench bench = new Bench("away");
                Receiver there = new Receiver();
                NotifyStage stage = bench.stage(
                        meters,
                        "targets.there.url",
                        url(there.port()),
                        "targets.there.secret",
                        secret,
                        "targets.gone.url",
                        url(port))) {
            soon().until(() -> bench.committed("there") == 0 && bench.committed("gone") == 0);
            bench.put(incident(1).setCluster(CLUSTER).build());
            bench.put(Topics.INCIDENTS, "shop/inc1-bad", "no record".getBytes(UTF_8));
            bench.put(incident(2).setCluster(CLUSTER).setTitle("said before").build());
            // Between the topics there is no order, so one is waited for.
            soon().until(() -> bench.committed("there") == 3);
            bench.put(diagnosis(2).build());
            soon().until(() -> there.keys().size() == 2);
            bench.put(resolved(3).setCluster(CLUSTER).build());

            List<String> keys = List.of(INCIDENT + ".1", INCIDENT + ".2.d2", INCIDENT + ".3.d2");
            soon().untilAsserted(() -> assertThat(there.keys()).isEqualTo(keys));
            assertThat(there.got())
                    .allSatisfy(got -> assertThat(got.header("X-Faultprint-Signature"))
                            .isEqualTo(new Signature(secret).of(got.header("X-Faultprint-Timestamp"), got.body())));
            soon().untilAsserted(() -> {
                assertThat(stage.check().ready()).isFalse();
                assertThat(stage.check().detail())
                        .contains(
                                "there: working", "gone: waiting for target gone: no connection to 127.0.0.1:" + port);
                assertThat(MetricsRows.value(meters.scrape(), "faultprint_notify_waiting_time_seconds", "gone"))
                        .isPositive();
            });
            soon().until(() -> causes(bench).contains(PulseCause.RECEIVER_AWAY));
            assertThat(MetricsRows.value(meters.scrape(), "faultprint_notify_records_total", "there", "unreadable"))
                    .isOne();
            assertThat(MetricsRows.scraped(meters.scrape())).isEqualTo(MetricsRows.documented());

            try (Receiver late = new Receiver(port)) {
                soon().until(() -> bench.committed("gone") == 4);
                assertThat(late.keys().get(0)).startsWith(INCIDENT + ".1");
                assertThat(late.keys().get(late.keys().size() - 1)).startsWith(INCIDENT + ".3");
                soon().until(() -> stage.check().ready());
            }
        }
    }

    @Test
    void aReceiverThatTakesItsTimeKeepsItsPlaceInTheGroupAndNoOtherWaiting() {
        try (Bench bench = new Bench("slow");
                Receiver slow = new Receiver();
                Receiver quick = new Receiver();
                NotifyStage stage = bench.stage(
                        meters,
                        "kafka.properties.max.poll.interval.ms",
                        "3000",
                        "targets.slow.url",
                        url(slow.port()),
                        "targets.quick.url",
                        url(quick.port()))) {
            slow.behave(exchange -> {
                pause(1_200);
                Receiver.status(200).answer(exchange);
            });
            soon().until(() -> bench.committed("slow") == 0 && bench.committed("quick") == 0);
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String id = "inc1-00000000000000b" + i;
                keys.add(id + ".1");
                bench.put(incident(id, 1).build());
            }

            soon().until(() -> quick.keys().equals(keys));
            assertThat(slow.keys()).hasSizeLessThan(8);
            // Longer than it may be between two polls, and nothing comes twice.
            soon().until(() -> bench.committed("slow") == 8);
            assertThat(slow.keys()).isEqualTo(keys);
            assertThat(stage.check().ready()).isTrue();
        }
    }

    @Test
    void whatIsNotTakenIsTriedAgainInOrderAndWhatIsRefusedIsADeadLetterThatCanBeSentAgain() {
        try (Bench bench = new Bench("refused");
                Receiver receiver = new Receiver();
                NotifyStage stage =
                        bench.stage(meters, "targets.ops.url", url(receiver.port()), "targets.ops.give-up", "1s")) {
            soon().until(() -> bench.committed("ops") == 0);
            long began = System.nanoTime();
            receiver.behave(Receiver.status(429, "Retry-After", "2"));
            bench.put(incident(1).build());
            soon().until(() -> receiver.keys().size() == 1);
            receiver.behave(Receiver.status(200));
            bench.put(incident(2).setSeverity(1).build());
            soon().until(() -> receiver.keys().size() == 3);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
            assertThat(receiver.keys()).containsExactly(INCIDENT + ".1", INCIDENT + ".1", INCIDENT + ".2");

            receiver.behave(Receiver.status(400));
            bench.put(incident(3).build());
            soon().until(() -> bench.all(Topics.DEAD_LETTERS).size() == 1);
            receiver.behave(Receiver.status(500));
            bench.put(incident(4).setSeverity(1).build());
            soon().until(() -> bench.all(Topics.DEAD_LETTERS).size() == 2);
            receiver.behave(Receiver.status(200));
            soon().until(() -> bench.committed("ops") == 4);

            ConsumerRecord<byte[], byte[]> letter =
                    bench.all(Topics.DEAD_LETTERS).get(0);
            ConsumerRecord<byte[], byte[]> source = bench.all(Topics.INCIDENTS).get(2);
            assertThat(Bench.header(letter, "stage")).isEqualTo("notify");
            assertThat(Bench.header(letter, "cause")).isEqualTo("REFUSED_BY_RECEIVER");
            assertThat(Bench.header(letter, "message"))
                    .isEqualTo("target ops refuses " + INCIDENT + ".3: HTTP 400 said 400");
            assertThat(Bench.header(letter, "offset")).isEqualTo("2");
            assertThat(letter.value()).isEqualTo(source.value());
            assertThat(Bench.header(bench.all(Topics.DEAD_LETTERS).get(1), "message"))
                    .contains(INCIDENT + ".4: HTTP 500 said 500, for 1 s (give-up)");

            receiver.got().clear();
            bench.put(incident(4).setSeverity(1).build());
            bench.put(
                    incident(4).setSeverity(1).build(), new RecordHeader(Letter.REDRIVEN_FROM, "0-1".getBytes(UTF_8)));
            soon().untilAsserted(() -> assertThat(receiver.keys()).containsExactly(INCIDENT + ".4"));
            soon().until(() -> bench.committed("ops") == 6);
            assertThat(receiver.keys()).hasSize(1);
            assertThat(stage.check().ready()).isTrue();
        }
    }

    @Test
    void killedBetweenTheAnswerAndItsCommitItTellsItAgainUnderTheSameKey() throws Exception {
        try (Bench bench = new Bench("killed");
                Receiver receiver = new Receiver()) {
            Process first = child(bench, receiver);
            try {
                soon().until(() -> bench.committed("ops") == 0);
                CountDownLatch asked = new CountDownLatch(1);
                CountDownLatch answer = new CountDownLatch(1);
                CountDownLatch answered = new CountDownLatch(1);
                receiver.behave(exchange -> {
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Receiver.status(200).answer(exchange);
                    answered.countDown();
                });
                bench.put(incident(1).build());
                assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
                // The broker stands still, so that the answer comes and the commit does not.
                signal("STOP", bench.brokerPid());
                try {
                    answer.countDown();
                    assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
                    first.destroyForcibly().waitFor();
                } finally {
                    signal("CONT", bench.brokerPid());
                }
            } finally {
                first.destroyForcibly().waitFor();
            }
            receiver.behave(Receiver.status(200));
            bench.forgetMembers("ops");
            assertThat(bench.committed("ops")).isZero();

            try (NotifyStage second = bench.stage(meters, "targets.ops.url", url(receiver.port()))) {
                soon().until(() -> bench.committed("ops") == 1);
                assertThat(second.check().live()).isTrue();
            }
            assertThat(receiver.keys()).containsExactly(INCIDENT + ".1", INCIDENT + ".1");
            assertThat(receiver.got().get(1).body())
                    .isEqualTo(receiver.got().get(0).body());
        }
    }

    @Test
    void aTargetThatIsNewIsToldWhatStandsOpenOrAllOfIt() {
        try (Bench bench = new Bench("new");
                Receiver now = new Receiver();
                Receiver all = new Receiver()) {
            bench.put(diagnosis(1).build());
            bench.put(incident(1).build());
            bench.put(resolved(2).build());
            bench.put(incident("inc1-00000000000000a2", 1).setCluster(CLUSTER).build());
            bench.put(incident("inc1-00000000000000a3", 1).setSeverity(4).build());

            try (NotifyStage stage =
                    bench.stage(meters, "targets.now.url", url(now.port()), "targets.now.severity", "2")) {
                soon().until(() -> bench.committed("now") == 4);
                assertThat(now.keys()).containsExactly("inc1-00000000000000a2.1.d1");
                assertThat(stage.check().live()).isTrue();
            }
            try (NotifyStage stage = bench.stage(
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    "tell.from",
                    "beginning",
                    "targets.now.url",
                    url(now.port()),
                    "targets.all.url",
                    url(all.port()))) {
                soon().until(() -> bench.committed("all") == 4);
                assertThat(all.keys())
                        .extracting(key -> key.substring(0, 23))
                        .containsExactly(
                                INCIDENT + ".1", INCIDENT + ".2", "inc1-00000000000000a2.1", "inc1-00000000000000a3.1");
                // It was there before, and goes on where it was.
                assertThat(now.keys()).hasSize(1);
                assertThat(stage.check().live()).isTrue();
            }
        }
    }

    private static List<PulseCause> causes(Bench bench) {
        AvroCodec codec = AvroCodec.bundled();
        return bench.all(Topics.PULSE).stream()
                .flatMap(record -> ((Pulse) codec.decode(record.value())).getReasons().stream())
                .map(reason -> reason.getCause())
                .toList();
    }

    private Process child(Bench bench, Receiver receiver) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NotifyMain.class.getName()));
        for (Map.Entry<String, String> setting :
                bench.settings("targets.ops.url", url(receiver.port())).entrySet()) {
            command.add("--" + setting.getKey() + "=" + setting.getValue());
        }
        File log = directory.resolve("child.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/hook";
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2));
    }
}
