package io.faultprint.diagnose.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Request;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** Requests and answers as JSON, over the OpenSearch client's own transport. */
final class OpenSearchHttp implements AutoCloseable {

    /** An answer: its status and its JSON; missing when there is none. */
    record Answer(int status, JsonNode json) {

        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** What OpenSearch says went wrong, on one line. */
        String error() {
            JsonNode error = json.path("error");
            String text = error.isObject()
                    ? error.path("type").asText() + ": " + error.path("reason").asText()
                    : error.asText("");
            String what = ok() || json.isMissingNode() ? " not an answer of OpenSearch" : "";
            return "HTTP " + status + (text.isEmpty() ? what : " " + text);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TEXT = 300;

    /** What a request may take beyond its timeout, which the transport counts from the last byte it got. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final OpenSearchSettings settings;
    private volatile OpenSearchTransport transport;

    OpenSearchHttp(OpenSearchSettings settings) {
        this.settings = settings;
        this.transport = transport(settings);
    }

    private static OpenSearchTransport transport(OpenSearchSettings settings) {
        HttpHost host = new HttpHost(
                settings.url().getScheme(),
                settings.url().getHost(),
                settings.url().getPort() < 0 ? 9200 : settings.url().getPort());
        Timeout timeout = Timeout.of(settings.timeout());
        ApacheHttpClient5TransportBuilder builder = ApacheHttpClient5TransportBuilder.builder(host)
                .setRequestConfigCallback(request -> request.setResponseTimeout(timeout))
                .setConnectionConfigCallback(connection ->
                        connection.setConnectTimeout(Timeout.ofSeconds(5)).setSocketTimeout(timeout));
        if (!settings.username().isEmpty()) {
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", basic(settings))});
        }
        settings.certificate()
                .map(OpenSearchHttp::trusting)
                .ifPresent(tls -> builder.setHttpClientConfigCallback(
                        http -> http.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                        .setSslContext(tls)
                                        .buildAsync())
                                .build())));
        return builder.build();
    }

    Answer call(String method, String path, Map<String, String> query, String json) throws IOException {
        return call(
                method, path, query, Optional.of(Body.from(json.getBytes(StandardCharsets.UTF_8), "application/json")));
    }

    Answer call(String method, String path, Map<String, String> query) throws IOException {
        return call(method, path, query, Optional.empty());
    }

    /** Sends newline-delimited JSON. */
    Answer lines(String path, Map<String, String> query, byte[] lines) throws IOException {
        return call("POST", path, query, Optional.of(Body.from(lines, "application/x-ndjson")));
    }

    private Answer call(String method, String path, Map<String, String> query, Optional<Body> body) throws IOException {
        var builder = Requests.builder().method(method).endpoint(path).query(query);
        body.ifPresent(builder::body);
        Request request = builder.build();
        OpenSearchTransport used = transport;
        CompletableFuture<Response> answer = new OpenSearchGenericClient(used).executeAsync(request);
        try (Response response = answer.get(settings.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
            return new Answer(response.getStatus(), json(response));
        } catch (TimeoutException e) {
            renew(used);
            throw new IOException("no whole answer from OpenSearch within " + settings.timeout(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            renew(used);
            throw new IOException("interrupted while OpenSearch was asked", e);
        } catch (ExecutionException e) {
            throw new IOException("no usable answer from OpenSearch: " + brief(e.getCause()), e);
        } catch (RuntimeException e) {
            // The transport wraps what the network throws in several ways; to us all of them mean "no usable answer".
            throw new IOException("no usable answer from OpenSearch: " + brief(e), e);
        }
    }

    /** On one line, and without the pages that proxies like to send. */
    private static String brief(@Nullable Throwable problem) {
        String line = String.valueOf(problem).replaceAll("\\s+", " ");
        return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "…";
    }

    /** A request that trickles on cannot be broken off by itself: its connection goes with all the others. */
    private synchronized void renew(OpenSearchTransport used) {
        if (transport == used) {
            transport = transport(settings);
            close(used);
        }
    }

    private static JsonNode json(Response response) throws IOException {
        Optional<Body> body = response.getBody();
        if (body.isEmpty()) {
            return MissingNode.getInstance();
        }
        byte[] bytes = body.get().bodyAsBytes();
        if (bytes.length == 0 || !body.get().contentType().contains("json")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("an answer with status " + response.getStatus() + " that is no JSON", e);
        }
    }

    @Override
    public void close() {
        close(transport);
    }

    private static void close(OpenSearchTransport transport) {
        try {
            transport.close();
        } catch (IOException e) {
            throw new IllegalStateException("the OpenSearch client could not be closed: " + e.getMessage(), e);
        }
    }

    private static String basic(OpenSearchSettings settings) {
        String pair = settings.username() + ":" + settings.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "certificate " + file + ": no PEM certificates could be read from it (" + e.getMessage() + ")", e);
        }
    }
}
