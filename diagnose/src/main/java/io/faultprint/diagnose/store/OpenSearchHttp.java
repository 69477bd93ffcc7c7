package io.faultprint.diagnose.store;

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
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
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
            return "HTTP " + status + (text.isEmpty() ? "" : " " + text);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenSearchTransport transport;
    private final OpenSearchGenericClient client;

    OpenSearchHttp(OpenSearchSettings settings) {
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
        this.transport = builder.build();
        this.client = new OpenSearchGenericClient(transport);
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
        try (Response response = client.execute(request)) {
            return new Answer(response.getStatus(), json(response));
        } catch (RuntimeException e) {
            // The transport wraps what the network throws in several ways; to us all of them mean "no answer".
            throw new IOException("no answer from OpenSearch: " + e, e);
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
        return JSON.readTree(bytes);
    }

    @Override
    public void close() {
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
