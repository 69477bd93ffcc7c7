package io.faultprint.chaos.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelEndpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVIDENCE = """
            <evidence>
            E1 | kind CANDIDATE | service cart | signal SPAN_LATENCY GET /cart | time 1795341600000 (10:00:00Z) | fact first
            E2 | kind SURPRISE | service cart | signal SPAN_LATENCY GET /cart | direction UP | time 1795341600000 (10:00:00Z) | fact slow
            E3 | kind SURPRISE | service frontend | signal SPAN_ERRORS GET / | direction UP | time 1795341610000 (10:00:10Z) | fact fails
            E4 | kind SURPRISE | service cart | signal NEW_SIGNATURE sig1-1 | direction NEW | time 1795341602000 (10:00:02Z) | fact new
            </evidence>""";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ModelEndpoint endpoint = new ModelEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aGoodAnswerClaimsWhatTheFirstFullFactSaysAndCitesItsService() throws Exception {
        JsonNode claim = JSON.readTree(content(ask("clu1-1-1"))).at("/hypotheses/0");

        assertThat(claim.path("service").asText()).isEqualTo("cart");
        assertThat(claim.path("signal").asText()).isEqualTo("SPAN_LATENCY GET /cart");
        assertThat(claim.path("direction").asText()).isEqualTo("UP");
        assertThat(claim.path("since").asLong()).isEqualTo(1_795_341_600_000L);
        assertThat(claim.path("evidence")).extracting(JsonNode::asText).containsExactly("E2", "E4");
    }

    @Test
    void theLedgerKnowsWhoWasAskedAboutInEveryMode() throws Exception {
        ask("clu1-1-1");
        endpoint.mode(new ModelMode.Broken(500));
        ask("clu1-1-1");
        ask("clu1-2-1");

        assertThat(endpoint.ledger()).isEqualTo(Map.of("clu1-1-1", 2, "clu1-2-1", 1));
        assertThat(endpoint.calls()).isEqualTo(3);
    }

    @Test
    void everyModeIsWhatItSays() throws Exception {
        endpoint.mode(new ModelMode.Busy(7));
        HttpResponse<String> busy = ask("x");
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).contains("7");

        endpoint.mode(new ModelMode.Broken(500));
        assertThat(ask("x").statusCode()).isEqualTo(500);

        endpoint.mode(new ModelMode.Says("the cart"));
        assertThat(content(ask("x"))).isEqualTo("the cart");

        endpoint.mode(new ModelMode.NoCompletion("application/json", "{}"));
        assertThat(ask("x").body()).isEqualTo("{}");

        endpoint.mode(new ModelMode.Cut());
        assertThatThrownBy(() -> ask("x")).isInstanceOf(IOException.class);

        endpoint.mode(new ModelMode.Huge(3_000_000));
        assertThat(content(ask("x"))).hasSizeGreaterThan(3_000_000 - 60_000);

        endpoint.mode(new ModelMode.Drip(Duration.ZERO));
        assertThat(content(ask("x"))).contains("hypotheses");

        endpoint.mode(new ModelMode.Slow(Duration.ofMillis(1)));
        assertThat(content(ask("x"))).contains("hypotheses");
    }

    @Test
    void whoHangsIsLetGoWithoutAnAnswerWhenTheModeIsOver() {
        endpoint.mode(new ModelMode.Hang());
        CompletableFuture<HttpResponse<String>> hanging = client.sendAsync(request("x"), BodyHandlers.ofString());
        await().until(() -> endpoint.calls() == 1);
        assertThat(hanging).isNotDone();

        endpoint.mode(new ModelMode.Good());

        assertThatThrownBy(hanging::get).isInstanceOf(ExecutionException.class);
    }

    private HttpResponse<String> ask(String user) throws Exception {
        return client.send(request(user), BodyHandlers.ofString());
    }

    private HttpRequest request(String user) {
        var question = JSON.createObjectNode().put("model", "stub").put("user", user);
        var messages = question.putArray("messages");
        messages.addObject().put("role", "system").put("content", "You help.");
        messages.addObject().put("role", "user").put("content", EVIDENCE);
        return HttpRequest.newBuilder(URI.create(endpoint.url() + "/chat/completions"))
                .POST(BodyPublishers.ofString(question.toString()))
                .build();
    }

    private static String content(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).at("/choices/0/message/content").asText();
    }
}
