package io.faultprint.serde.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry in a page of code, over real HTTP: subjects, versions and ids as Confluent's API has them. It can be told to
 * answer otherwise, and to be away and come back with what it held.
 */
final class SmallRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer in place of the right one. */
    interface Instead {
        /** Whether it answered. */
        boolean to(HttpExchange exchange) throws IOException;
    }

    private record Reply(int status, Object body) {}

    private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, String> levels = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final @Nullable SSLContext tls;
    private final boolean clientsToo;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Instead instead = exchange -> false;
    private volatile HttpServer server;
    private final int port;

    SmallRegistry() throws IOException {
        this(null);
    }

    SmallRegistry(@Nullable SSLContext tls) throws IOException {
        this(tls, false);
    }

    /** The same, which may ask its clients for a certificate. */
    SmallRegistry(@Nullable SSLContext tls, boolean clientsToo) throws IOException {
        this.tls = tls;
        this.clientsToo = clientsToo;
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int on) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), on);
        HttpServer made;
        if (tls == null) {
            made = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                    wanted.setNeedClientAuth(clientsToo);
                    parameters.setSSLParameters(wanted);
                }
            });
            made = secure;
        }
        made.setExecutor(threads);
        made.createContext("/", this::handle);
        made.start();
        return made;
    }

    URI url() {
        return URI.create((tls == null ? "http" : "https") + "://localhost:" + port);
    }

    RegistrySettings settings(Map<String, String> properties) {
        return new RegistrySettings(
                List.of(url()), SubjectNames.TOPIC_RECORD, false, java.time.Duration.ofSeconds(5), properties);
    }

    /** Answers so from now on, where it answers at all. */
    void answer(Instead other) {
        instead = other;
    }

    /** Always this. */
    void answer(int status, String body) {
        answer(exchange -> {
            send(exchange, status, body.getBytes(UTF_8));
            return true;
        });
    }

    void stop() {
        server.stop(0);
    }

    void start() throws IOException {
        server = listen(port);
    }

    int requests() {
        return requests.get();
    }

    synchronized int register(String subject, String schema) {
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    int register(String subject, Schema schema) {
        return register(subject, schema.toString());
    }

    synchronized Map<String, List<Integer>> subjects() {
        return new LinkedHashMap<>(subjects);
    }

    synchronized String schema(int id) {
        return schemas.get(id - 1);
    }

    String level(String subject) {
        return levels.getOrDefault(subject, "");
    }

    void level(String subject, String level) {
        levels.put(subject, level);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            if (!instead.to(exchange)) {
                Reply reply = reply(exchange);
                send(exchange, reply.status(), JSON.writeValueAsBytes(reply.body()));
            }
        }
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private synchronized Reply reply(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String what = exchange.getRequestMethod() + " " + path[0] + " " + path.length;
        return switch (what) {
            case "GET schemas 3" -> byId(Integer.parseInt(path[2]));
            case "POST subjects 2" -> lookUp(path[1], body.get("schema").asText());
            case "POST subjects 3" ->
                new Reply(200, Map.of("id", register(path[1], body.get("schema").asText())));
            case "GET subjects 3" -> versions(path[1]);
            case "GET subjects 4" -> version(path[1], Integer.parseInt(path[3]));
            case "PUT config 2" -> {
                level(path[1], body.get("compatibility").asText());
                yield new Reply(200, Map.of("compatibility", level(path[1])));
            }
            case "GET config 2" ->
                level(path[1]).isEmpty()
                        ? error(40408, "no compatibility for " + path[1])
                        : new Reply(200, Map.of("compatibilityLevel", level(path[1])));
            default -> new Reply(405, Map.of("error_code", 405, "message", what));
        };
    }

    private Reply byId(int id) {
        return id < 1 || id > schemas.size()
                ? error(40403, "Schema " + id + " not found")
                : new Reply(200, Map.of("schema", schemas.get(id - 1)));
    }

    private Reply lookUp(String subject, String schema) {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            return error(40401, "Subject '" + subject + "' not found.");
        }
        int id = schemas.indexOf(schema) + 1;
        return versions.contains(id) ? described(subject, id) : error(40403, "Schema not found");
    }

    private Reply versions(String subject) {
        List<Integer> versions = subjects.get(subject);
        return versions == null
                ? error(40401, "Subject '" + subject + "' not found.")
                : new Reply(
                        200,
                        versions.stream().map(id -> versions.indexOf(id) + 1).toList());
    }

    private Reply version(String subject, int number) {
        return described(subject, subjects.getOrDefault(subject, List.of()).get(number - 1));
    }

    private Reply described(String subject, int id) {
        int version = subjects.getOrDefault(subject, List.of()).indexOf(id) + 1;
        return new Reply(200, Map.of("subject", subject, "version", version, "id", id, "schema", schemas.get(id - 1)));
    }

    private static Reply error(int code, String message) {
        return new Reply(404, Map.of("error_code", code, "message", message));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
