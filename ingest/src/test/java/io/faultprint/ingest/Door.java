package io.faultprint.ingest;

import io.faultprint.runtime.ConfigLoader;
import io.faultprint.topic.Partitions;
import io.faultprint.topic.Run;
import io.faultprint.topic.TopicAdmin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;

/** A running ingest stage, and the requests one sends to it. */
public final class Door implements AutoCloseable {

    public static final String PROTOBUF = "application/x-protobuf";
    public static final String JSON = "application/json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final IngestStage stage;

    public Door(String kafka, String prefix, Path state, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", kafka,
                "run.prefix", prefix,
                "http.port", "0",
                "http.max-body", "12MiB",
                "http.max-inflated", "14MiB",
                "door.name", "test-door",
                "state.dir", state.toString()));
        keys.putAll(more);
        topics(kafka, prefix);
        this.stage = new IngestStage(ConfigLoader.of(IngestConfig.class, keys), meters);
        stage.start();
    }

    /** What an operator's setup does. */
    public static void topics(String kafka, String prefix) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicAdmin(admin, new Run(prefix, ""), new Partitions(4, 1)).ensure((short) 1);
        }
    }

    public IngestStage stage() {
        return stage;
    }

    /** How many requests had this answer: a status, or {@code none}. */
    public long answered(String answer) {
        return (long) meters.find("faultprint.ingest.requests").tag("status", answer).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Bytes of bodies and records on their way. */
    public long bytesInFlight() {
        return (long) meters.get("faultprint.ingest.in.flight").gauge().value();
    }

    public HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.port() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stage.close();
    }
}
