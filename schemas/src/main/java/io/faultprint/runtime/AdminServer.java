package io.faultprint.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Health and metrics over HTTP: {@code /livez} and {@code /readyz} answer 200 or 503 with one line of JSON,
 * {@code /metrics} answers Prometheus text.
 */
public final class AdminServer implements AutoCloseable {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<Health> health;
    private final PrometheusMeterRegistry meters;

    private AdminServer(HttpServer server, Supplier<Health> health, PrometheusMeterRegistry meters) {
        this.server = server;
        this.health = health;
        this.meters = meters;
        this.threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "admin");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Listens at once.
     *
     * @param port 0 takes a free one; see {@link #port()}
     * @param health asked at each request; must not block
     * @throws UsageError when the address cannot be listened on
     */
    public static AdminServer start(String host, int port, Supplier<Health> health, PrometheusMeterRegistry meters) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 16);
        } catch (BindException taken) {
            String mend =
                    ": cannot be listened on (" + taken.getMessage() + "); choose another port, or 0 for a free one";
            throw new UsageError("admin.port " + port + " on " + host + mend, taken);
        } catch (IOException | IllegalArgumentException impossible) {
            throw new UsageError("admin.host " + host + ": cannot be listened on: " + impossible, impossible);
        }
        AdminServer admin = new AdminServer(server, health, meters);
        server.setExecutor(admin.threads);
        server.createContext("/", admin::answer);
        server.start();
        return admin;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, JSON, "{\"error\":\"only GET\"}");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/livez" -> health(exchange, "live");
                case "/readyz" -> health(exchange, "ready");
                case "/metrics" -> send(exchange, 200, TEXT, meters.scrape());
                default -> send(exchange, 404, JSON, "{\"error\":\"there are /livez, /readyz and /metrics\"}");
            }
        }
    }

    private void health(HttpExchange exchange, String question) throws IOException {
        Health now = health.get();
        boolean yes = question.equals("live") ? now.live() : now.ready();
        String detail = new String(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(now.detail()));
        String body = "{\"" + question + "\":" + yes + ",\"detail\":\"" + detail + "\"}\n";
        send(exchange, yes ? 200 : 503, JSON, body);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
