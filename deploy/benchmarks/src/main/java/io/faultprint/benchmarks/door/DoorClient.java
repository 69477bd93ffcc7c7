package io.faultprint.benchmarks.door;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Sends OTLP requests to the HTTP door, as an exporter does. */
public final class DoorClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI logs;

    /** @param port of the door on this machine */
    public DoorClient(int port) {
        this.logs = URI.create("http://127.0.0.1:" + port + "/v1/logs");
    }

    /** The status of the answer. */
    public CompletableFuture<Integer> send(byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(logs)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.sendAsync(request, BodyHandlers.discarding()).thenApply(answer -> answer.statusCode());
    }
}
