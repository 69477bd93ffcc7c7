package io.faultprint.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Whether the stages say that they work. */
final class Readiness {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> admins;
    private final Map<String, String> waitedFor = new TreeMap<>();

    Readiness(Map<String, Integer> admins) {
        this.admins = admins;
    }

    boolean all() throws InterruptedException {
        waitedFor.clear();
        for (Map.Entry<String, Integer> admin : admins.entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getValue() + "/readyz"))
                    .timeout(ANSWER_WITHIN)
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    waitedFor.put(admin.getKey(), answer.body().strip());
                }
            } catch (IOException notYet) {
                waitedFor.put(admin.getKey(), "does not answer");
            }
        }
        return waitedFor.isEmpty();
    }

    /** Which stages are not ready, and what they say. */
    Map<String, String> waitedFor() {
        return Map.copyOf(waitedFor);
    }
}
