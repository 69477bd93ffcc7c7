package io.faultprint.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends a letter's bytes to a door of ingest. */
final class DoorCall {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** How it went. */
    sealed interface Outcome {

        /** The door has it; refused again, it is a new letter. */
        record Taken(String words) implements Outcome {}

        /** The door has kept nothing of it. */
        record Returned(String why) implements Outcome {}

        /** The line broke after it was sent, or Kafka's answer did not come in time: nobody knows. */
        record Unsure(String why) implements Outcome {}
    }

    private final String door;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    DoorCall(String door) {
        this.door = door;
    }

    Outcome post(Verdict.ToDoor to, byte[] bytes, String batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(door + to.path()))
                .timeout(PATIENCE)
                .header("Content-Type", to.contentType())
                .header("Idempotency-Key", batch)
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        try {
            return outcome(client.send(request, BodyHandlers.ofByteArray()));
        } catch (ConnectException | HttpConnectTimeoutException nobody) {
            return new Outcome.Returned("no door answers at " + door);
        } catch (IOException broken) {
            return new Outcome.Unsure("the connection to " + door + " broke (" + broken + ")");
        }
    }

    private static Outcome outcome(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 ->
                new Outcome.Taken(
                        rejected(response)
                                ? "taken by the door, which refused it again: it is a new letter"
                                : "taken by the door");
            case 400 -> new Outcome.Taken("refused again by the door: it is a new letter");
            default ->
                response.statusCode() >= 500
                        ? new Outcome.Unsure(words(response))
                        : new Outcome.Returned(words(response));
        };
    }

    private static String words(HttpResponse<byte[]> response) {
        return "the door answered " + response.statusCode() + ": "
                + new String(response.body(), UTF_8)
                        .replaceAll("[\\p{Cntrl}\\s]+", " ")
                        .strip();
    }

    /** An answer without partial_success is empty: no bytes in protobuf, an empty object or the ids of changes in JSON. */
    private static boolean rejected(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/json")
                ? new String(response.body(), UTF_8).contains("partialSuccess")
                : response.body().length > 0;
    }
}
