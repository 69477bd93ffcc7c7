package io.faultprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultprint.event.Heartbeat;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders that are slow, half open or gone: none holds a thread, the watermark, memory or its neighbours for long. */
class SlowSenderIT {

    private static final int LATENESS = 15_000;
    private static final int DEADLINE = 2_000;

    @TempDir
    static Path data;

    static NodeProcess broker;
    static Door door;
    static Kafka kafka;

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        broker = Nodes.kafka(data.resolve("kafka"));
        Map<String, String> keys = Map.of("http.body-deadline", DEADLINE + "ms", "http.max-connections", "400");
        door = new Door(broker.address(), "slow", data.resolve("state"), keys);
        kafka = new Kafka(broker.address(), "slow");
    }

    @AfterEach
    void nothingIsLeft() {
        clients.forEach(RawClient::close);
        await().atMost(Duration.ofSeconds(20)).until(() -> door.bytesInFlight() == 0);
        assertThat(door.stage().loss().inFlight()).isZero();
    }

    @AfterAll
    static void stop() {
        door.close();
        broker.close();
    }

    @Test
    void bodiesThatDripAreAnswered408AndHoldNeitherThreadsNorTheWatermark() {
        long before = door.answered("408");
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(client().send(RawClient.head("/v1/logs", 10_000)));
            }
            var unused = drip.scheduleAtFixedRate(
                    () -> clients.forEach(client -> client.trySend(new byte[] {10})), 0, 200, TimeUnit.MILLISECONDS);

            neighboursAreAnswered();
            assertThat(threads()).isLessThan(40);
            await().atMost(Duration.ofSeconds(10)).until(() -> door.answered("408") == before + 200);
        } finally {
            drip.shutdownNow();
        }
        assertThat(clients.get(0).read(1_000))
                .startsWith("HTTP/1.1 408 ")
                .contains("http.body-deadline")
                .contains("Connection: close");
        theWatermarkFollows();
    }

    @Test
    void theWatermarkIsNeverHeldLongerThanTheDeadlineHoweverOftenASenderTries() {
        ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor();
        try {
            // Before the deadline of one is over the next one is there: some slow body is always open.
            var unused = again.scheduleAtFixedRate(
                    () -> {
                        RawClient client = client().send(RawClient.head("/v1/logs", 10_000));
                        synchronized (clients) {
                            clients.add(client);
                        }
                    },
                    0,
                    500,
                    TimeUnit.MILLISECONDS);

            await().pollDelay(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> System.currentTimeMillis() - watermark() < LATENESS + DEADLINE + 3_000);
        } finally {
            again.shutdownNow();
        }
    }

    @Test
    void connectionsThatSendNothingMakeRoomForOthers() {
        for (int i = 0; i < 450; i++) {
            clients.add(client());
        }

        neighboursAreAnswered();
        assertThat(threads()).isLessThan(40);
    }

    @Test
    void headsThatDripAreCutOff() {
        RawClient client = client().send("POST /v1/logs HTTP/1.1\r\n");
        RawClient kept = client().send(whole());
        clients.addAll(List.of(client, kept));
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused = drip.scheduleAtFixedRate(
                    () -> client.trySend("X: y\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                    0,
                    100,
                    TimeUnit.MILLISECONDS);

            assertThat(client.closedWithin(8_000)).isTrue();
        } finally {
            drip.shutdownNow();
        }
        assertThat(kept.readUntil("\r\n\r\n", 2_000)).startsWith("HTTP/1.1 200 ");
        kept.send(whole());
        assertThat(kept.readUntil("\r\n\r\n", 2_000)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aSenderThatVanishesInTheMiddleOfItsBodyLeavesNothingBehind() {
        long gone = door.answered("none");
        RawClient finished =
                client().send(RawClient.head("/v1/logs", 1_000_000)).send(new byte[300_000]);
        clients.add(finished);
        finished.finish();
        client().send(RawClient.head("/v1/logs", 1_000_000))
                .send(new byte[300_000])
                .reset();
        client().send(RawClient.head("/v1/logs", "Transfer-Encoding: chunked\r\n"))
                .send("10\r\n123")
                .reset();

        await().atMost(Duration.ofMillis(DEADLINE - 500)).until(() -> door.answered("none") == gone + 3);
        theWatermarkFollows();
        neighboursAreAnswered();
    }

    @Test
    void aSenderThatNeverReadsItsAnswersHoldsNoThread() {
        String request = "POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: " + "x".repeat(200)
                + "\r\nContent-Length: 0\r\n\r\n";
        byte[] many = request.repeat(4_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RawClient client = new RawClient(door.stage().port(), 1_024);
            clients.add(client);
            // It will block once the server has no more room for answers and so reads no more.
            Thread sender = new Thread(() -> client.trySend(many));
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
        long answered = door.answered("415");
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    long now = door.answered("415");
                    return now > answered + 1_000 || senders.stream().noneMatch(Thread::isAlive);
                });

        neighboursAreAnswered();
        assertThat(threads()).isLessThan(40);
    }

    private static RawClient client() {
        return new RawClient(door.stage().port());
    }

    private static byte[] whole() {
        byte[] body = Otlp.logs(Otlp.service("n"), Otlp.log(1_700_000_000_000L, "a line"))
                .toByteArray();
        byte[] head = RawClient.head("/v1/logs", body.length).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] both = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, both, head.length, body.length);
        return both;
    }

    private static void neighboursAreAnswered() {
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            try (RawClient neighbour = client().send(whole())) {
                assertThat(neighbour.readUntil("\r\n\r\n", 5_000)).startsWith("HTTP/1.1 200 ");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** Threads of the door, Jetty's own among them. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("http"))
                .count();
    }

    private static void theWatermarkFollows() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> System.currentTimeMillis() - watermark() < LATENESS + DEADLINE + 1_500);
    }

    private static long watermark() {
        return kafka.heartbeats("alerts").stream()
                .mapToLong(Heartbeat::getWatermark)
                .max()
                .orElse(0);
    }
}
