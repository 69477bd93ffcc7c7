package io.faultprint.notify;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A receiver on loopback that keeps what it was sent, and answers as it is told. */
public final class Receiver implements AutoCloseable {

    /** How it answers a request. */
    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** What it was sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Got(Headers headers, byte[] body) {

        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        public String key() {
            return header("Idempotency-Key");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = status(200);

    public Receiver() {
        this(0);
    }

    /** On a port of its own. */
    public Receiver(int port) {
        this(server(port));
    }

    /** With TLS. */
    public Receiver(SSLContext tls) {
        this(secure(tls));
    }

    private Receiver(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            got.add(new Got(
                    exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            behaviour.answer(exchange);
        });
        server.start();
    }

    private static HttpServer server(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer secure(SSLContext tls) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with this status, and headers as name, value, name, value. */
    public static Behaviour status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] body = ("said " + status).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        };
    }

    /** From now on. */
    public void behave(Behaviour as) {
        behaviour = as;
    }

    public List<Got> got() {
        return got;
    }

    public List<String> keys() {
        return got.stream().map(Got::key).toList();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
