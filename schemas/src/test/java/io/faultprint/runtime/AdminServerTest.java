package io.faultprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<Health> health = new AtomicReference<>(Health.ready("reads \"logs\"\n"));
    private final AdminServer server = AdminServer.start("127.0.0.1", 0, health::get, meters);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aReadyStageSaysSo() throws Exception {
        HttpResponse<String> answer = ask("GET", "/readyz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ready\":true,\"detail\":\"reads \\\"logs\\\"\\n\"}\n");
    }

    @Test
    void aStageThatWaitsIsLiveButNotReady() throws Exception {
        health.set(Health.notReady("Kafka does not answer"));

        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void aDeadStageIsNotLive() throws Exception {
        health.set(Health.dead("lost"));

        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void metersAreServedForPrometheus() throws Exception {
        meters.counter("faultprint.received").increment(3);

        assertThat(ask("GET", "/metrics").body()).contains("faultprint_received_total 3.0");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/livez").statusCode()).isEqualTo(405);
    }

    @Test
    void aTakenPortIsTheUsersToMend() {
        assertThatThrownBy(() -> AdminServer.start("127.0.0.1", server.port(), health::get, meters))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("admin.port " + server.port())
                .hasMessageContaining("or 0 for a free one");
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
