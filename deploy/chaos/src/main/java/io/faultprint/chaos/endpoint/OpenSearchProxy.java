package io.faultprint.chaos.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.faultprint.chaos.endpoint.BulkRequest.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reverse proxy on a loopback port before a real OpenSearch node. It misbehaves as told, and may be told otherwise at
 * any time. What its refusals look like was taken from a real node of 2.19.
 */
public final class OpenSearchProxy implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json; charset=UTF-8";
    private static final byte[] PAGE =
            "<html><head><title>Error</title></head><body><h1>Something in between</h1></body></html>".getBytes(UTF_8);

    static final Refusal BUSY = new Refusal(
            429,
            "opensearch_rejected_execution_exception",
            "rejected execution of primary operation [shard_detail=[%s][0]], max_primary_bytes=1");
    static final Refusal READ_ONLY =
            new Refusal(403, "cluster_block_exception", "index [%s] blocked by: [FORBIDDEN/5/index read-only (api)];");
    static final Refusal FLOOD = new Refusal(
            429,
            "cluster_block_exception",
            "index [%s] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
                    + " read-only-allow-delete block];");
    private static final Refusal NO_NEW_INDEX = new Refusal(
            403, "index_create_block_exception", "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];");

    /** Headers that belong to one connection and are not handed on; compressed answers could not be looked into. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "host",
            "transfer-encoding",
            "upgrade",
            "expect",
            "http2-settings");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Turn<StoreMode> turn = new Turn<>(new StoreMode.Pass());
    private final Shares shares;
    private final Loopback server;
    private volatile String upstream;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong forwarded = new AtomicLong();
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong refusedItems = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong delayed = new AtomicLong();
    private final AtomicLong unreachable = new AtomicLong();

    /**
     * Listens at once, and passes all on.
     *
     * @param upstream the real node, as host:port
     * @param seed of all that is drawn
     */
    public OpenSearchProxy(String upstream, long seed) {
        this.upstream = upstream;
        this.shares = new Shares(seed);
        this.server = new Loopback(this::answer);
    }

    /** What clients connect to, as host:port. */
    public String address() {
        return "127.0.0.1:" + server.port();
    }

    /** The real node is somewhere else now, for example after a restart. */
    public void upstream(String address) {
        upstream = address;
    }

    /** From now on; requests that were held up by the mode before go on at once. */
    public void mode(StoreMode mode) {
        turn.set(mode);
        server.listening(!(mode instanceof StoreMode.Refuse));
    }

    /** The mode that is on now. */
    public StoreMode mode() {
        return turn.now();
    }

    public ProxyCounts counts() {
        return new ProxyCounts(
                requests.get(),
                forwarded.get(),
                items.get(),
                refused.get(),
                refusedItems.get(),
                lost.get(),
                delayed.get(),
                unreachable.get());
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.incrementAndGet();
        StoreMode mode = turn.now();
        if (mode instanceof StoreMode.Slow slow) {
            delayed.incrementAndGet();
            turn.rest(mode, slow.delay());
            pass(exchange, body);
        } else if (mode instanceof StoreMode.Hang) {
            delayed.incrementAndGet();
            turn.rest(mode);
        } else if (mode instanceof StoreMode.Busy busy && shares.draw(busy.share())) {
            refuse(exchange, BUSY);
        } else if (mode instanceof StoreMode.BusyItems busy && bulk(exchange)) {
            bulk(exchange, body, busy.share(), BUSY);
        } else if (mode instanceof StoreMode.ReadOnly && bulk(exchange)) {
            bulk(exchange, body, 1, READ_ONLY);
        } else if (mode instanceof StoreMode.ReadOnly && changesIndex(exchange)) {
            refuse(exchange, READ_ONLY);
        } else if (mode instanceof StoreMode.FullDisk && bulk(exchange)) {
            bulk(exchange, body, 1, FLOOD);
        } else if (mode instanceof StoreMode.FullDisk && changesIndex(exchange)) {
            refuse(exchange, path(exchange).indexOf('/', 1) > 0 ? FLOOD : NO_NEW_INDEX);
        } else if (mode instanceof StoreMode.Garbage garbage) {
            garbage(exchange, body, garbage.kind());
        } else {
            mishandled(exchange, body, mode);
        }
    }

    /** Modes in which the request is carried out, and something happens to its answer. */
    private void mishandled(HttpExchange exchange, byte[] body, StoreMode mode)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = forward(exchange, body);
        if (mode instanceof StoreMode.Drop drop && shares.draw(drop.share())) {
            lost.incrementAndGet();
            Loopback.sendHalf(exchange, answer.statusCode(), type(answer), answer.body());
        } else if (mode instanceof StoreMode.Lose lose && shares.draw(lose.share())) {
            lost.incrementAndGet();
            Loopback.send(exchange, 503, "text/html", PAGE);
        } else if (mode instanceof StoreMode.Drip drip) {
            delayed.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", type(answer));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            for (byte one : answer.body()) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
                turn.rest(mode, drip.pause());
            }
        } else {
            Loopback.send(exchange, answer.statusCode(), type(answer), answer.body());
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = forward(exchange, body);
        Loopback.send(exchange, answer.statusCode(), type(answer), answer.body());
    }

    private void bulk(HttpExchange exchange, byte[] body, double share, Refusal refusal)
            throws IOException, InterruptedException {
        BulkRequest bulk = BulkRequest.read(body);
        BitSet held = new BitSet();
        for (int i = 0; i < bulk.items().size(); i++) {
            held.set(i, shares.draw(share));
        }
        JsonNode answer = JSON.createObjectNode();
        if (held.cardinality() < bulk.items().size()) {
            HttpResponse<byte[]> others = forward(exchange, bulk.without(held::get));
            if (others.statusCode() != 200) {
                Loopback.send(exchange, others.statusCode(), type(others), others.body());
                return;
            }
            answer = JSON.readTree(others.body());
        }
        refusedItems.addAndGet(held.cardinality());
        Loopback.send(exchange, 200, JSON_TYPE, bulk.answer(held::get, refusal, answer));
    }

    private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        refused.incrementAndGet();
        String index = path(exchange).substring(1).replaceFirst("/.*", "");
        var error = JSON.createObjectNode();
        error.putObject("error")
                .put("type", refusal.type())
                .put("reason", refusal.reason().replace("%s", index));
        error.put("status", refusal.status());
        Loopback.send(exchange, refusal.status(), JSON_TYPE, JSON.writeValueAsBytes(error));
    }

    private void garbage(HttpExchange exchange, byte[] body, StoreMode.Garbage.Kind kind)
            throws IOException, InterruptedException {
        switch (kind) {
            case EMPTY -> {
                forward(exchange, body);
                lost.incrementAndGet();
                Loopback.send(exchange, 200, JSON_TYPE, new byte[0]);
            }
            case HALF_JSON -> {
                byte[] whole = forward(exchange, body).body();
                lost.incrementAndGet();
                byte[] half = new byte[whole.length / 2];
                System.arraycopy(whole, 0, half, 0, half.length);
                Loopback.send(exchange, 200, JSON_TYPE, half);
            }
            case PAGE -> spoil(exchange, 200, "text/html", PAGE);
            case BAD_REQUEST_PAGE -> spoil(exchange, 400, "text/html", PAGE);
            case BAD_GATEWAY_PAGE -> spoil(exchange, 502, "text/html", PAGE);
            case OTHER_JSON -> spoil(exchange, 200, JSON_TYPE, "{\"status\":\"green\"}".getBytes(UTF_8));
        }
    }

    private void spoil(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        refused.incrementAndGet();
        Loopback.send(exchange, status, type, body);
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + upstream + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            // The caller's connection is closed without an answer, as the dead node's would be.
            unreachable.incrementAndGet();
            throw e;
        }
        forwarded.incrementAndGet();
        if (bulk(exchange)) {
            items.addAndGet(BulkRequest.read(body).items().size());
        }
        return answer;
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-type").orElse("text/plain");
    }

    private static String path(HttpExchange exchange) {
        return exchange.getRequestURI().getPath();
    }

    private static boolean bulk(HttpExchange exchange) {
        return path(exchange).endsWith("/_bulk");
    }

    /** Makes an index, changes its mapping or settings, or writes one document into it. */
    private static boolean changesIndex(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        return (method.equals("PUT") || method.equals("POST"))
                && !path(exchange).startsWith("/_")
                && !path(exchange).endsWith("/_search");
    }

    @Override
    public void close() {
        turn.end();
        server.close();
    }
}
