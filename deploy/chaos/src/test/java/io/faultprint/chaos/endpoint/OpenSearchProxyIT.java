package io.faultprint.chaos.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.chaos.endpoint.StoreMode.Garbage;
import io.faultprint.node.NodeProcess;
import io.faultprint.node.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of the proxy, and what the real node behind it has. */
class OpenSearchProxyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger INDICES = new AtomicInteger();

    private static NodeProcess node;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String index = "shop-" + INDICES.incrementAndGet();
    private OpenSearchProxy proxy;

    @BeforeAll
    static void startNode(@TempDir Path directory) {
        node = Nodes.openSearch(directory);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void open() throws Exception {
        proxy = new OpenSearchProxy(node.address(), 1);
        assertThat(send("PUT", "/" + index, "{\"settings\":{\"number_of_replicas\":0}}")
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void itPassesOnStatusBodyAndMethod() throws Exception {
        assertThat(bulk(3).path("errors").asBoolean(true)).isFalse();
        assertThat(send("HEAD", "/" + index, "").statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/" + index + "/_doc/1?version=1&version_type=external", "{}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void whatAClientWouldHaveCompressedComesPlain() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://" + proxy.address() + "/"))
                        .header("accept-encoding", "gzip")
                        .build(),
                BodyHandlers.ofString());

        assertThat(json(answer).at("/version/number").asText()).startsWith("2.");
    }

    @Test
    void busyItemsAreNotWrittenAndTheOthersAre() throws Exception {
        proxy.mode(new StoreMode.BusyItems(0.3));

        JsonNode answer = bulk(200);

        List<Integer> statuses = new ArrayList<>();
        answer.path("items").forEach(it -> statuses.add(it.at("/create/status").asInt()));
        long busy = statuses.stream().filter(it -> it == 429).count();
        assertThat(statuses).hasSize(200).containsOnly(201, 429);
        assertThat(busy).isBetween(30L, 90L);
        assertThat(stored()).isEqualTo(200 - busy);
        assertThat(proxy.counts().refusedItems()).isEqualTo(busy);
        for (int i = 0; i < 200; i++) {
            assertThat(answer.at("/items/" + i + "/create/_id").asText()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void theSameSeedHoldsBackTheSameItems() throws Exception {
        proxy.mode(new StoreMode.BusyItems(0.5));
        JsonNode first = bulk(50);
        try (OpenSearchProxy again = new OpenSearchProxy(node.address(), 1)) {
            again.mode(new StoreMode.BusyItems(0.5));
            proxy.close();
            proxy = again;
            JsonNode second = bulk(50);

            for (int i = 0; i < 50; i++) {
                boolean held = first.at("/items/" + i + "/create/status").asInt() == 429;
                assertThat(second.at("/items/" + i + "/create/status").asInt() == 429)
                        .isEqualTo(held);
            }
        }
    }

    @Test
    void aLostAnswerIsOfARequestThatWasCarriedOut() throws Exception {
        proxy.mode(new StoreMode.Lose(1));
        assertThat(sendBulk(5).statusCode()).isEqualTo(503);

        proxy.mode(new StoreMode.Drop(1));
        assertThatThrownBy(() -> send("GET", "/" + index, "")).isInstanceOf(IOException.class);

        assertThat(stored()).isEqualTo(5);
        assertThat(proxy.counts().lost()).isEqualTo(2);
    }

    @Test
    void readOnlyAndAFullDiskLookLikeTheRealOnes() throws Exception {
        send("PUT", "/" + index + "/_settings", "{\"index.blocks.read_only\":true}");
        JsonNode real = bulk(1);
        JsonNode realMapping = json(send("PUT", "/" + index + "/_mapping", "{\"properties\":{}}"));
        send("PUT", "/" + index + "/_settings", "{\"index.blocks.read_only\":null}");
        proxy.mode(new StoreMode.ReadOnly());
        assertThat(bulk(1).path("items")).isEqualTo(real.path("items"));
        assertThat(json(send("PUT", "/" + index + "/_mapping", "{\"properties\":{}}"))
                        .at("/error/reason"))
                .isEqualTo(realMapping.at("/error/reason"));

        proxy.mode(new StoreMode.Pass());
        send("PUT", "/" + index + "/_settings", "{\"index.blocks.read_only_allow_delete\":true}");
        JsonNode realFull = bulk(1);
        send("PUT", "/" + index + "/_settings", "{\"index.blocks.read_only_allow_delete\":null}");
        proxy.mode(new StoreMode.FullDisk());
        assertThat(bulk(1).path("items")).isEqualTo(realFull.path("items"));
        assertThat(send("PUT", "/another-index", "{}").statusCode()).isEqualTo(403);

        assertThat(stored()).isZero();
    }

    @Test
    void garbageComesInManyForms() throws Exception {
        proxy.mode(new StoreMode.Garbage(Garbage.Kind.EMPTY));
        assertThat(sendBulk(1)).returns("", HttpResponse::body).returns(200, HttpResponse::statusCode);
        proxy.mode(new StoreMode.Garbage(Garbage.Kind.HALF_JSON));
        HttpResponse<String> half = sendBulk(1);
        assertThatThrownBy(() -> json(half)).isInstanceOf(IOException.class);
        assertThat(stored()).isOne();
        for (Garbage.Kind kind :
                List.of(Garbage.Kind.PAGE, Garbage.Kind.BAD_REQUEST_PAGE, Garbage.Kind.BAD_GATEWAY_PAGE)) {
            proxy.mode(new StoreMode.Garbage(kind));
            assertThat(sendBulk(7).body()).startsWith("<html>");
        }
        assertThat(stored()).isOne();
    }

    @Test
    void itGoesDeafAndComesBackOnItsPort() throws Exception {
        String address = proxy.address();
        proxy.mode(new StoreMode.Refuse());
        assertThatThrownBy(() -> send("GET", "/", "")).isInstanceOf(IOException.class);

        proxy.mode(new StoreMode.Pass());

        assertThat(proxy.address()).isEqualTo(address);
        assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whoWaitsIsLetGoWhenTheModeIsOver() throws Exception {
        proxy.mode(new StoreMode.Slow(Duration.ofMinutes(5)));
        var slow = later("/_refresh");
        await(() -> proxy.counts().delayed() == 1);
        proxy.mode(new StoreMode.Hang());
        assertThat(slow.get().statusCode()).isEqualTo(200);

        var hanging = later("/_refresh");
        await(() -> proxy.counts().delayed() == 2);
        proxy.mode(new StoreMode.Pass());
        assertThatThrownBy(hanging::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aDripGivesTheWholeAnswerIfOneWaits() throws Exception {
        proxy.mode(new StoreMode.Drip(Duration.ofMillis(1)));
        assertThat(send("GET", "/" + index, "").body()).contains(index);

        proxy.mode(new StoreMode.Drip(Duration.ofSeconds(60)));
        assertThatThrownBy(() -> later("/_refresh").get(1, java.util.concurrent.TimeUnit.SECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    @Test
    void theNodeBehindItMayGoAndBeAnother() throws Exception {
        proxy.upstream("127.0.0.1:1");
        assertThatThrownBy(() -> send("GET", "/", ""))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
        assertThat(proxy.counts().unreachable()).isPositive();

        proxy.upstream(node.address());

        assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        org.awaitility.Awaitility.await().until(condition);
    }

    private CompletableFuture<HttpResponse<String>> later(String path) {
        // A POST, because the client asks again by itself when a GET gets no answer.
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://" + proxy.address() + path))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode bulk(int documents) throws Exception {
        return json(sendBulk(documents));
    }

    private HttpResponse<String> sendBulk(int documents) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < documents; i++) {
            body.append("{\"create\":{\"_index\":\"%s\",\"_id\":\"%d\"}}\n{\"x\":%d}\n".formatted(index, i, i));
        }
        return send("POST", "/_bulk", body.toString());
    }

    /** Asked of the node itself. */
    private int stored() throws Exception {
        String url = "http://" + node.address() + "/" + index;
        client.send(
                HttpRequest.newBuilder(URI.create(url + "/_refresh"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        return json(client.send(
                        HttpRequest.newBuilder(URI.create(url + "/_count")).build(), BodyHandlers.ofString()))
                .path("count")
                .asInt();
    }

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + proxy.address() + path))
                        .header("content-type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }
}
