package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.event.LogEvent;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker is lost while requests are open: their senders get 503 and send the same again, what was acknowledged is in
 * its topic, and what is there twice is known to be. One broker dies and comes back for all of it, so the order counts.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokerLostIT {

    private static final long T = 1_700_000_000_000L;
    private static final int SENDERS = 4;

    @TempDir
    static Path data;

    static NodeProcess broker;
    static Door door;

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
        door = new Door(broker.address(), "lost", data.resolve("state"), Map.of("kafka.delivery", "2s"));
    }

    @AfterAll
    static void stop() {
        // The door first: it lets what it has reach Kafka.
        door.close();
        broker.close();
    }

    @Test
    @Order(1)
    void aBrokerThatStandsStillForAWhileCostsRetriesAndAtMostACopyOfEach() throws Exception {
        byte[] body = body("still");
        assertThat(post(body, "still-before").statusCode()).isEqualTo(200);
        signal("STOP");
        HttpResponse<byte[]> answer;
        try {
            answer = post(body, "still");
        } finally {
            signal("CONT");
        }

        assertThatItMayBeSentAgain(answer);
        long more = untilTaken(body, "still");
        assertThat(copies("still")).isBetween(1L, 1 + more);
    }

    @Test
    @Order(2)
    void aBrokerLostUnderLoadAndWithinABodyLosesNothingThatWasAcknowledged() throws Exception {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<Integer> other = ConcurrentHashMap.newKeySet();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        long before = door.stage().loss().acknowledged();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<CompletableFuture<Void>> done = java.util.stream.IntStream.range(0, SENDERS)
                .mapToObj(sender -> CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; !enough.get(); n++) {
                                String name = "load-" + sender + "-" + n;
                                int status = 0;
                                while (status != 200) {
                                    attempts.computeIfAbsent(name, key -> new AtomicInteger())
                                            .incrementAndGet();
                                    HttpResponse<byte[]> answer = post(body(name), name);
                                    status = answer.statusCode();
                                    if (status == 503) {
                                        refused.incrementAndGet();
                                    } else if (status != 200) {
                                        other.add(status);
                                        return;
                                    }
                                }
                                acknowledged.add(name);
                            }
                        },
                        senders))
                .toList();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() > 200);
            long lost = System.currentTimeMillis();
            loseItWhileABodyComesIn();
            await().atMost(Duration.ofSeconds(20)).until(() -> refused.get() >= SENDERS);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !door.stage().check().ready());
            restart();
            int then = acknowledged.size();
            await().atMost(Duration.ofSeconds(40)).until(() -> acknowledged.size() > then + 100);
            enough.set(true);
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
            assertThatNobodyCovers(lost);
        } finally {
            enough.set(true);
            senders.shutdown();
        }

        assertThat(other).isEmpty();
        List<LogEvent> kept =
                logs().stream().filter(log -> log.getBody().startsWith("load-")).toList();
        Map<String, Long> copies =
                kept.stream().collect(Collectors.groupingBy(LogEvent::getBody, Collectors.counting()));
        assertThat(copies.keySet()).isEqualTo(acknowledged);
        // Each attempt may have been kept, and no more; every copy carries the same batch, by which readers drop it.
        attempts.forEach(
                (name, sent) -> assertThat(copies.getOrDefault(name, 0L)).isBetween(1L, sent.longValue()));
        assertThat(kept.stream()
                        .collect(Collectors.groupingBy(
                                LogEvent::getBody,
                                Collectors.mapping(
                                        log -> log.getEnvelope().getSenderBatchId() + "#"
                                                + log.getEnvelope().getIndex(),
                                        Collectors.toSet()))))
                .allSatisfy((name, ids) -> assertThat(ids).hasSize(1));
        assertThat(door.stage().loss().acknowledged() - before).isEqualTo(acknowledged.size());
        assertThat(door.stage().loss().inFlight()).isZero();
        assertThat(copies("half")).isZero();
        await().atMost(Duration.ofSeconds(10)).until(() -> door.stage().check().ready());
    }

    /** What was half here is answered when it is whole, and nobody has acknowledged it. */
    private static void loseItWhileABodyComesIn() {
        byte[] body = body("half");
        int half = body.length / 2;
        String head = RawClient.head("/v1/logs", "Idempotency-Key: half\r\nContent-Length: " + body.length + "\r\n");
        try (RawClient client = new RawClient(door.stage().port())) {
            client.send(head).send(java.util.Arrays.copyOf(body, half));
            broker.kill();
            client.send(java.util.Arrays.copyOfRange(body, half, body.length));

            assertThat(client.readUntil("Retry-After: ", 10_000)).startsWith("HTTP/1.1 503 ");
        }
    }

    /** Senders may have given up what came back to them: the door says that it saw nothing until after the outage. */
    private static void assertThatNobodyCovers(long lost) {
        assertThat(new Kafka(broker.address(), "lost")
                        .events("logs", Heartbeat.class, beat -> beat.getCoveredFrom() > lost))
                .isNotEmpty();
    }

    private static void assertThatItMayBeSentAgain(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
        assertThat(Door.text(answer)).contains("send the same again later");
    }

    private static HttpResponse<byte[]> post(byte[] body, String key) {
        return door.post("/v1/logs", Door.PROTOBUF, body, "Idempotency-Key", key);
    }

    /** How often it had to be sent. */
    private static long untilTaken(byte[] body, String key) {
        AtomicInteger sent = new AtomicInteger();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            sent.incrementAndGet();
            return post(body, key).statusCode() == 200;
        });
        return sent.get();
    }

    private static byte[] body(String line) {
        return Otlp.logs(Otlp.service("patient"), Otlp.log(T, line)).toByteArray();
    }

    private static List<LogEvent> logs() {
        return new Kafka(broker.address(), "lost").events("logs", LogEvent.class, log -> true);
    }

    private static long copies(String key) {
        return logs().stream()
                .filter(log ->
                        String.valueOf(log.getEnvelope().getSenderBatchId()).startsWith(key + "~"))
                .count();
    }

    /** The same broker, at the same address, on what it had kept. */
    private static void restart() {
        broker = Nodes.kafka(data.resolve("kafka"));
    }

    private static void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid())).start();
        assertThat(kill.waitFor())
                .as(new String(kill.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }
}
