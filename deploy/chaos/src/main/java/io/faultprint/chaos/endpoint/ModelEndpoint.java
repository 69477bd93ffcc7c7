package io.faultprint.chaos.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible endpoint on a loopback port that answers without a model, misbehaves as told, and keeps a ledger
 * of who was asked about what. The {@code user} of a request is {@code CLUSTER-GENERATION}, as diagnose sends it.
 */
public final class ModelEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final String PAGE = "<html><body><h1>Upstream error</h1></body></html>";

    /** A fact that names all that a claim needs, as the prompt lays it out. */
    private static final Pattern FACT =
            Pattern.compile("(?m)^(E\\d+) \\| kind SURPRISE \\| service (.*?) \\| signal (.*?)"
                    + " \\| direction (\\w+) \\| time (-?\\d+) ");

    private final Turn<ModelMode> turn = new Turn<>(new ModelMode.Good());
    private final Map<String, Integer> ledger = new TreeMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Loopback server;

    /** Listens at once, and answers well. */
    public ModelEndpoint() {
        this.server = new Loopback(this::answer);
    }

    /** What {@code model.url} is set to. */
    public String url() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    /** From now on; questions that were held up by the mode before are let go at once. */
    public void mode(ModelMode mode) {
        turn.set(mode);
    }

    /** Questions read so far, in every mode, by the {@code user} of the request; {@code ""} for those without. */
    public Map<String, Integer> ledger() {
        synchronized (ledger) {
            return new TreeMap<>(ledger);
        }
    }

    /** Questions read so far, in every mode. */
    public int calls() {
        return ledger().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Answers that were sent as a whole, good or not. */
    public int answered() {
        return answered.get();
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
            Loopback.send(exchange, 404, JSON_TYPE, "{\"error\":{\"message\":\"no such path\"}}".getBytes(UTF_8));
            return;
        }
        JsonNode question = JSON.readTree(body);
        synchronized (ledger) {
            ledger.merge(question.path("user").asText(""), 1, Integer::sum);
        }
        ModelMode mode = turn.now();
        if (mode instanceof ModelMode.Hang) {
            turn.rest(mode);
            return;
        }
        if (mode instanceof ModelMode.Slow slow) {
            turn.rest(mode, slow.delay());
            send(exchange, good(question));
        } else if (mode instanceof ModelMode.Drip drip) {
            drip(exchange, good(question), drip);
        } else if (mode instanceof ModelMode.Busy busy) {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(busy.retryAfterSeconds()));
            byte[] error =
                    "{\"error\":{\"message\":\"rate limit reached\",\"type\":\"rate_limit_error\"}}".getBytes(UTF_8);
            Loopback.send(exchange, 429, JSON_TYPE, error);
        } else if (mode instanceof ModelMode.Broken broken) {
            Loopback.send(exchange, broken.status(), "text/html", PAGE.getBytes(UTF_8));
        } else if (mode instanceof ModelMode.Cut) {
            Loopback.sendHalf(exchange, 200, JSON_TYPE, good(question));
        } else if (mode instanceof ModelMode.NoCompletion other) {
            Loopback.send(exchange, 200, other.type(), other.body().getBytes(UTF_8));
        } else if (mode instanceof ModelMode.Says says) {
            send(exchange, completion(question, says.content()));
        } else if (mode instanceof ModelMode.Huge huge) {
            huge(exchange, huge.bytes());
        } else {
            send(exchange, good(question));
        }
        answered.incrementAndGet();
    }

    private static void send(HttpExchange exchange, byte[] completion) throws IOException {
        Loopback.send(exchange, 200, JSON_TYPE, completion);
    }

    private void drip(HttpExchange exchange, byte[] completion, ModelMode.Drip drip)
            throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
        exchange.sendResponseHeaders(200, completion.length);
        for (byte one : completion) {
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
            turn.rest(drip, drip.pause());
        }
    }

    /** Never on the heap as a whole: that is the caller's problem to solve, not ours to have. */
    private static void huge(HttpExchange exchange, long bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                .getBytes(UTF_8));
        byte[] part = "and so on ".repeat(6000).getBytes(UTF_8);
        for (long written = 0; written < bytes; written += part.length) {
            out.write(part);
        }
        out.write("\"},\"finish_reason\":\"stop\"}]}".getBytes(UTF_8));
    }

    /** One hypothesis about the first fact that has a service, a signal, a direction and a time, citing all like it. */
    private static byte[] good(JsonNode question) throws IOException {
        String prompt = question.at("/messages/1/content").asText();
        ObjectNode answer = JSON.createObjectNode();
        var hypotheses = answer.putArray("hypotheses");
        Matcher fact = FACT.matcher(prompt);
        if (fact.find()) {
            String service = fact.group(2);
            ObjectNode one = hypotheses
                    .addObject()
                    .put("category", "DEPENDENCY_INTERNAL")
                    .put("service", service)
                    .put("signal", fact.group(3))
                    .put("direction", fact.group(4))
                    .put("since", Long.parseLong(fact.group(5)))
                    .putNull("change");
            List<String> cited = new ArrayList<>(List.of(fact.group(1)));
            while (fact.find()) {
                if (fact.group(2).equals(service)) {
                    cited.add(fact.group(1));
                }
            }
            cited.forEach(one.putArray("evidence")::add);
        }
        return completion(question, JSON.writeValueAsString(answer));
    }

    private static byte[] completion(JsonNode question, String content) throws IOException {
        ObjectNode answer = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 0)
                .put("model", question.path("model").asText());
        ObjectNode choice =
                answer.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", content);
        int asked = question.toString().length() / 4;
        int said = content.length() / 4;
        answer.putObject("usage")
                .put("prompt_tokens", asked)
                .put("completion_tokens", said)
                .put("total_tokens", asked + said);
        return JSON.writeValueAsBytes(answer);
    }

    @Override
    public void close() {
        turn.end();
        server.close();
    }
}
