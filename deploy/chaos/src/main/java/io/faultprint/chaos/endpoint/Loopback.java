package io.faultprint.chaos.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server on one loopback port that can go deaf and come back on the same port. */
final class Loopback implements AutoCloseable {

    static {
        // Else an answer's last packet waits for the other side's delayed acknowledgement, 40 ms each time.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Answers one request; what it does not send, the other side never gets: the connection is closed. */
    interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "chaos-endpoint");
        thread.setDaemon(true);
        return thread;
    });
    private final Answering answering;
    private final int port;
    private @Nullable HttpServer server;

    Loopback(Answering answering) {
        this.answering = answering;
        HttpServer first = listen(0);
        this.server = first;
        this.port = first.getAddress().getPort();
    }

    int port() {
        return port;
    }

    /** Listens, or refuses connections and cuts the ones there are. */
    synchronized void listening(boolean wanted) {
        if (wanted && server == null) {
            server = listen(port);
        } else if (!wanted && server != null) {
            server.stop(0);
            server = null;
        }
    }

    private HttpServer listen(int where) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 64);
            made.setExecutor(threads);
            made.createContext("/", this::handle);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "port " + where + " on loopback cannot be listened on: " + e.getMessage(), e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answering.answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD") || body.length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Promises the whole body and breaks off in the middle of it. */
    static void sendHalf(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length + 1L);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
    }

    @Override
    public void close() {
        listening(false);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a request on port " + port + " did not end within 5 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
