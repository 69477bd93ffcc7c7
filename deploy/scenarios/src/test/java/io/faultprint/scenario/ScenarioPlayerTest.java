package io.faultprint.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faultprint.scenario.plan.PlannedFault;
import io.faultprint.scenario.plan.Scenario;
import io.faultprint.scenario.plan.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioPlayerTest {

    private static final Settings QUICK = new Settings(4, 1, 2, 0, 2, 10);
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private volatile int answer = 200;

    private final ScenarioPlayer.Listener listener = new ScenarioPlayer.Listener() {
        @Override
        public void began(PlannedFault fault) {
            seen.add("began " + fault.kind());
        }

        @Override
        public void ended(PlannedFault fault) {
            seen.add("ended " + fault.kind());
        }
    };

    ScenarioPlayerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everythingThatIsOfferedIsAcknowledgedAlsoAfter503() throws InterruptedException {
        refusals.set(5);
        var player = player(QUICK);
        player.start();
        assertThat(player.await(Duration.ofSeconds(60))).isTrue();

        player.close();

        Deliveries done = player.deliveries();
        assertThat(done.offered()).isPositive();
        assertThat(done.acknowledged()).isEqualTo(done.offered());
        assertThat(done.retries()).isGreaterThanOrEqualTo(5);
        assertThat(paths).contains("/v1/logs", "/v1/metrics", "/v1/traces");
        assertThat(seen)
                .hasSize(4)
                .startsWith("began " + player.timetable().faults().get(0).kind());
    }

    @Test
    void whatIsRefusedForGoodIsCountedAsFailedAndNotSentAgain() throws InterruptedException {
        answer = 400;
        var player = player(new Settings(4, 1, 1, 0, 1, 10));
        player.start();
        assertThat(player.await(Duration.ofSeconds(60))).isTrue();

        player.close();

        Deliveries done = player.deliveries();
        assertThat(done.failed()).isEqualTo(done.offered());
        assertThat(done.retries()).isZero();
    }

    @Test
    void aStoppedPlayerEndsSoonAndAccountsForEverything() {
        var player = player(Settings.of(4));
        player.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> accepted.get() > 3);

        player.close();

        Deliveries done = player.deliveries();
        assertThat(done.acknowledged() + done.failed() + done.dropped()).isEqualTo(done.offered());
        assertThat(done.acknowledged()).isPositive();
    }

    @Test
    void aPlayFromTheCommandLineTellsItsFaultsAndWhatWasTakenIn() throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        URI door = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

        ScenarioPlay.run(
                Scenario.shop(), QUICK, 0, door, InstantSource.system(), new java.io.PrintStream(out, true, UTF_8));

        assertThat(out.toString(UTF_8).lines())
                .first()
                .asString()
                .endsWith("seed 4 plays against " + door + " for 0 minutes");
        assertThat(out.toString(UTF_8))
                .contains(" begins")
                .containsPattern("over: Deliveries\\[offered=(\\d+), acknowledged=\\1, ");
    }

    @Test
    void nobodyListeningLosesNothingUncounted() {
        server.stop(0);
        var player = player(Settings.of(4));
        player.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> player.deliveries().retries() > 2);

        player.close();

        Deliveries done = player.deliveries();
        assertThat(done.acknowledged()).isZero();
        assertThat(done.failed() + done.dropped()).isEqualTo(done.offered());
    }

    private ScenarioPlayer player(Settings settings) {
        URI door = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ScenarioPlayer(Scenario.shop(), settings, 0, door, InstantSource.system(), listener);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (refusals.getAndDecrement() > 0) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            try (InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                assertThat(new ObjectMapper().readTree(body).isEmpty()).isFalse();
            }
            paths.add(exchange.getRequestURI().getPath());
            accepted.incrementAndGet();
            exchange.sendResponseHeaders(answer, -1);
        }
    }
}
