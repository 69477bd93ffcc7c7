package io.faultprint.dashboards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An HTTP server that answers as OpenSearch Dashboards was seen to, and remembers what it was sent. */
final class FakeDashboards implements AutoCloseable {

    private final HttpServer server;
    private int status = 200;
    private String about = "{\"version\":{\"number\":\"2.19.4\"}}";
    private int answer = 200;
    private String body = "";
    private volatile String sent = "";
    private volatile String headers = "";

    FakeDashboards() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/base/api/status", exchange -> reply(exchange, status, about));
        server.createContext("/base/api/saved_objects/_import", exchange -> {
            sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            headers = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().entrySet();
            reply(exchange, answer, body);
        });
        server.start();
    }

    FakeDashboards about(int code, String text) {
        status = code;
        about = text;
        return this;
    }

    FakeDashboards answer(int code, String text) {
        answer = code;
        body = text;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/base";
    }

    String sent() {
        return sent;
    }

    String headers() {
        return headers;
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
