package io.faultprint.notify;

import static io.faultprint.notify.Records.CLUSTER;
import static io.faultprint.notify.Records.INCIDENT;
import static io.faultprint.notify.Records.diagnosis;
import static io.faultprint.notify.Records.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage with the Alertmanager of Debian, and what that Alertmanager's own webhook sends. */
class AlertmanagerIT {

    private static final Path BINARY = Path.of("/usr/bin/prometheus-alertmanager");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();

    @Test
    void alertmanagerListsWhatIsOpenAlsoAfterItForgotAndResolvesWhatIsOver() throws Exception {
        assumeTrue(
                Files.isExecutable(BINARY),
                BINARY + " is not there, so no real Alertmanager is told: apt-get install prometheus-alertmanager");
        try (Bench bench = new Bench("alertmanager");
                Receiver theirs = new Receiver();
                Receiver ours = new Receiver()) {
            Process alertmanager = alertmanager(theirs);
            try (NotifyStage stage = bench.stage(
                    new SimpleMeterRegistry(),
                    "tell.link",
                    "https://faultprint.example/{id}",
                    "targets.am.url",
                    "http://127.0.0.1:" + port,
                    "targets.am.form",
                    "alertmanager",
                    "targets.am.repeat",
                    "1s",
                    "targets.hook.url",
                    "http://127.0.0.1:" + ours.port() + "/",
                    "targets.hook.form",
                    "alertmanager-webhook")) {
                bench.put(now(1).setCluster(CLUSTER).build());
                soon().untilAsserted(() -> assertThat(active()).containsExactly(INCIDENT + " severity 2"));
                bench.put(diagnosis(1).build());
                soon().until(() -> alerts().toString().contains("cart has no connections left"));
                bench.put(now(2).setCluster(CLUSTER).setSeverity(1).build());
                soon().untilAsserted(() -> assertThat(active()).containsExactly(INCIDENT + " severity 1"));
                assertThat(alerts().get(0).path("generatorURL").asText())
                        .isEqualTo("https://faultprint.example/" + INCIDENT);

                // It keeps alerts in memory alone.
                alertmanager.destroyForcibly().waitFor();
                soon().until(() -> !stage.check().ready());
                alertmanager = alertmanager(theirs);
                soon().untilAsserted(() -> assertThat(active()).containsExactly(INCIDENT + " severity 1"));
                soon().until(() -> stage.check().ready());

                bench.put(now(3).setCluster(CLUSTER)
                        .setSeverity(1)
                        .setStatus(IncidentStatus.RESOLVED)
                        .setEnded(System.currentTimeMillis())
                        .build());
                soon().untilAsserted(() -> assertThat(active()).isEmpty());
                soon().until(() -> theirs.got().stream()
                        .anyMatch(got -> body(got).path("status").asText().equals("resolved")));
                soon().until(() -> ours.got().size() == 4);
            } finally {
                alertmanager.destroyForcibly().waitFor();
            }
            List<String> shape = shape(body(theirs.got().get(theirs.got().size() - 1)));
            assertThat(ours.got())
                    .allSatisfy(got -> assertThat(shape(body(got))).isEqualTo(shape));
        }
    }

    /** Names of the fields of Alertmanager's message and of an alert in it, with the type of each. */
    private static List<String> shape(JsonNode message) {
        List<String> shape = new ArrayList<>();
        message.properties()
                .forEach(field ->
                        shape.add(field.getKey() + " " + field.getValue().getNodeType()));
        message.path("alerts")
                .get(0)
                .properties()
                .forEach(field -> shape.add(
                        "alert " + field.getKey() + " " + field.getValue().getNodeType()));
        return shape.stream().sorted().toList();
    }

    private static JsonNode body(Receiver.Got got) {
        try {
            return JSON.readTree(got.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As old as an incident is when it is told: Alertmanager drops at once what ended long ago. */
    private static Incident.Builder now(int revision) {
        long now = System.currentTimeMillis();
        return incident(revision)
                .setStarted(now - 60_000)
                .setOpened(now - 30_000)
                .setAsOf(now - 30_000);
    }

    private List<String> active() throws Exception {
        List<String> active = new ArrayList<>();
        alerts().forEach(alert ->
                active.add(alert.path("labels").path("incident").asText() + " severity "
                        + alert.path("labels").path("severity").asText()));
        return active;
    }

    private JsonNode alerts() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v2/alerts?active=true"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    private Process alertmanager(Receiver webhook) throws IOException {
        Path config = Files.writeString(directory.resolve("alertmanager.yml"), """
                route:
                  receiver: hook
                  group_by: [incident]
                  group_wait: 0s
                  group_interval: 1s
                receivers:
                  - name: hook
                    webhook_configs:
                      - url: http://127.0.0.1:%d/
                """.formatted(webhook.port()));
        return new ProcessBuilder(
                        BINARY.toString(),
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2)).ignoreExceptionsInstanceOf(IOException.class);
    }
}
