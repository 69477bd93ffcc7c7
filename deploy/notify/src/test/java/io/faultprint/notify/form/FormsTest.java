package io.faultprint.notify.form;

import static io.faultprint.notify.Records.CLUSTER;
import static io.faultprint.notify.Records.diagnosis;
import static io.faultprint.notify.Records.incident;
import static io.faultprint.notify.Records.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.faultprint.incident.Incident;
import io.faultprint.incident.IncidentStatus;
import io.faultprint.notify.Records;
import io.faultprint.notify.notice.Ledger;
import io.faultprint.notify.notice.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NOW = Records.START + 3_600_000;
    private static final String LINK = "https://faultprint.example/{environment}/incidents/{id}";

    private final Origin origin = new Origin("ops", "", LINK);

    @Test
    void whatIsSentAsJsonIsWhatTheSchemaSays() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(Path.of(
                        System.getProperty("faultprint.root", "../.."), "deploy/notify/notification.schema.json")));
        List<Notice> notices = life();

        for (Notice notice : notices) {
            JsonNode body = JSON.readTree(new JsonForm(origin).body(notice, NOW));
            assertThat(schema.validate(body)).as(body.toString()).isEmpty();
        }

        JsonNode last = JSON.readTree(new JsonForm(origin).body(notices.get(notices.size() - 1), NOW));
        assertThat(last.path("delivery").asText()).isEqualTo(Records.INCIDENT + ".4.d2");
        assertThat(last.path("event").asText()).isEqualTo("resolved");
        assertThat(last.path("incident").path("link").asText())
                .isEqualTo("https://faultprint.example/shop/incidents/" + Records.INCIDENT);
        assertThat(last.path("diagnosis").path("statement").asText()).isEqualTo("cart has no connections left");
        // The schema is not one that takes everything.
        assertThat(schema.validate(JSON.readTree("{\"version\": 2}"))).isNotEmpty();
    }

    @Test
    void theSameKeyHasTheSameJson() {
        Notice notice = life().get(0);

        assertThat(new JsonForm(origin).body(notice, NOW)).isEqualTo(new JsonForm(origin).body(notice, NOW + 1));
    }

    @Test
    void alertmanagerIsToldUntilWhenAnIncidentHoldsAndOfItsEnd() throws IOException {
        AlertmanagerForm form = new AlertmanagerForm(origin, Duration.ofHours(1));
        List<Notice> notices = life();

        JsonNode opened = JSON.readTree(form.body(notices.get(0), NOW)).get(0);
        JsonNode over =
                JSON.readTree(form.body(notices.get(notices.size() - 1), NOW)).get(0);

        assertThat(opened.path("labels").toString()).isEqualTo("""
                {"alertname":"FaultprintIncident","environment":"shop","incident":"inc1-00000000000000a1",\
                "severity":"2","services":"cart,frontend"}""");
        assertThat(opened.path("startsAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(opened.path("endsAt").asText())
                .isEqualTo(Instant.ofEpochMilli(NOW + 3_600_000).toString());
        assertThat(over.path("endsAt").asText()).isEqualTo("2026-11-22T10:01:00Z");
        assertThat(over.path("annotations").path("diagnosis").asText()).isEqualTo("cart has no connections left");
        assertThat(over.path("annotations").path("confidence").asText()).isEqualTo("80 %");
    }

    @Test
    void whenTheLabelsChangeTheAlertWithTheOldOnesIsEnded() throws IOException {
        Ledger ledger = new Ledger();
        ledger.learn(incident(1).build());
        Notice worse = ledger.learn(incident(2).setSeverity(1).build()).orElseThrow();

        JsonNode alerts = JSON.readTree(new AlertmanagerForm(origin, Duration.ofHours(1)).body(worse, NOW));

        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).path("labels").path("severity").asText()).isEqualTo("2");
        assertThat(Instant.parse(alerts.get(0).path("endsAt").asText())).isEqualTo(Instant.ofEpochMilli(NOW));
        assertThat(alerts.get(1).path("labels").path("severity").asText()).isEqualTo("1");
        assertThat(Instant.parse(alerts.get(1).path("endsAt").asText())).isAfter(Instant.ofEpochMilli(NOW));
    }

    @Test
    void aClockThatIsBehindNeverMakesAnAlertThatEndsBeforeItStartsOrInTheFuture() throws IOException {
        long early = Records.START - 5_000;
        Notice over = new Ledger().learn(resolved(2).build()).orElseThrow();

        JsonNode alert = JSON.readTree(new AlertmanagerForm(origin, Duration.ofHours(1)).body(over, early))
                .get(0);

        assertThat(Instant.parse(alert.path("endsAt").asText())).isEqualTo(Instant.ofEpochMilli(early));
        assertThat(Instant.parse(alert.path("startsAt").asText())).isEqualTo(Instant.ofEpochMilli(early));
    }

    @Test
    void whatIsOpenIsSaidAgainToAlertmanagerInPortionsAndToNobodyElse() throws IOException {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 150; i++) {
            ledger.learn(incident("inc1-" + i, 1).build());
        }

        List<byte[]> bodies = new AlertmanagerForm(origin, Duration.ofHours(1)).again(ledger.standing(), NOW);

        assertThat(JSON.readTree(bodies.get(0))).hasSize(100);
        assertThat(JSON.readTree(bodies.get(1))).hasSize(50);
        assertThat(bodies).hasSize(2);
        assertThat(new JsonForm(origin).again(ledger.standing(), NOW)).isEmpty();
        assertThat(new WebhookForm(origin).again(ledger.standing(), NOW)).isEmpty();
    }

    @Test
    void theWebhookFormIsThatOfAlertmanagerVersionFour() throws IOException {
        List<Notice> notices = life();

        JsonNode firing = JSON.readTree(new WebhookForm(origin).body(notices.get(0), NOW));
        JsonNode resolved = JSON.readTree(new WebhookForm(origin).body(notices.get(notices.size() - 1), NOW));

        assertThat(firing.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "version",
                        "groupKey",
                        "truncatedAlerts",
                        "status",
                        "receiver",
                        "groupLabels",
                        "commonLabels",
                        "commonAnnotations",
                        "externalURL",
                        "alerts");
        assertThat(firing.path("version").asText()).isEqualTo("4");
        assertThat(firing.path("status").asText()).isEqualTo("firing");
        assertThat(firing.path("groupKey").asText())
                .isEqualTo("{}:{environment=\"shop\", incident=\"inc1-00000000000000a1\"}");
        assertThat(firing.path("externalURL").asText()).isEqualTo("https://faultprint.example");
        JsonNode alert = firing.path("alerts").get(0);
        assertThat(alert.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
        assertThat(alert.path("endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(alert.path("fingerprint").asText()).isEqualTo("00000000000000a1");
        assertThat(resolved.path("status").asText()).isEqualTo("resolved");
        assertThat(resolved.path("groupKey")).isEqualTo(firing.path("groupKey"));
        assertThat(resolved.path("alerts").get(0).path("endsAt").asText()).isEqualTo("2026-11-22T10:01:00Z");
    }

    @Test
    void strangeNamesStayInTheirPlaces() throws IOException {
        Incident strange = incident(1)
                .setEnvironment("a\"} b%2Fc\n")
                .setServices(List.of("\u0000", "ü,\u2028"))
                .build();
        Notice notice = new Ledger().learn(strange).orElseThrow();

        for (Form form : List.of(
                new JsonForm(origin), new WebhookForm(origin), new AlertmanagerForm(origin, Duration.ofHours(1)))) {
            assertThat(JSON.readTree(form.body(notice, NOW)).toString()).contains("a\\\"} b%2Fc\\n");
        }
        assertThat(origin.linkTo("a/b c", "i")).isEqualTo("https://faultprint.example/a%2Fb+c/incidents/i");
    }

    @Test
    void theSignatureIsThatOfRfc2104() {
        // Computed with: printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        assertThat(new Signature("key").of("1700000000", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae");
    }

    private static List<Notice> life() {
        Ledger ledger = new Ledger();
        List<Notice> notices = new ArrayList<>();
        ledger.learn(incident(1).build()).ifPresent(notices::add);
        ledger.learn(incident(2).setCluster(CLUSTER).build()).ifPresent(notices::add);
        notices.addAll(ledger.learn(diagnosis(2).build()));
        ledger.learn(incident(3).setSeverity(1).setCluster(CLUSTER).build()).ifPresent(notices::add);
        ledger.learn(incident("inc1-00000000000000a2", 2)
                        .setStatus(IncidentStatus.MERGED)
                        .setMergedInto(Records.INCIDENT)
                        .build())
                .ifPresent(notices::add);
        ledger.learn(resolved(4).setCluster(CLUSTER).setSeverity(1).build()).ifPresent(notices::add);
        return notices;
    }
}
