package io.faultprint.serde.registry;

import io.faultprint.runtime.UsageError;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's own client, and the only class that knows it. What it throws becomes an {@link Answer}, and no question takes
 * longer than {@code registry.timeout}, whatever comes back: the client bounds each read of a socket, not their sum. Safe
 * for many threads; one question is on its way at a time, as in the client itself.
 */
final class RegistryClient implements AutoCloseable {

    private static final int UNKNOWN_SUBJECT = 40401;
    private static final int UNKNOWN_VERSION = 40402;
    private static final int UNKNOWN_SCHEMA = 40403;
    private static final int UNKNOWN_CONFIGURATION = 40408;
    private static final Set<Integer> MISSING =
            Set.of(UNKNOWN_SUBJECT, UNKNOWN_VERSION, UNKNOWN_SCHEMA, UNKNOWN_CONFIGURATION);

    private static final int CACHE = 1_000;

    /** A version of a subject. */
    record Version(int id, Schema schema) {}

    /** A question to the client, which answers or throws. */
    private interface Question<T> {
        Answer<T> ask() throws IOException, RestClientException;
    }

    private final RestService rest;
    private final CachedSchemaRegistryClient client;
    private final long timeoutMillis;
    private final ExecutorService thread;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    /**
     * Makes a client; nothing is asked yet.
     *
     * @throws UsageError when the client refuses its properties
     */
    RegistryClient(RegistrySettings settings) {
        this.timeoutMillis = settings.timeout().toMillis();
        List<String> addresses = settings.url().stream()
                .map(URI::toString)
                .map(address -> address.replaceAll("/+$", ""))
                .toList();
        Map<String, String> properties = new HashMap<>();
        String each = Long.toString(Math.max(1, timeoutMillis / addresses.size()));
        properties.put("http.connect.timeout.ms", each);
        properties.put("http.read.timeout.ms", each);
        properties.putAll(settings.properties());
        try {
            this.rest = new RestService(addresses);
            // It configures the other: authentication and TLS.
            this.client = new CachedSchemaRegistryClient(rest, CACHE, properties);
        } catch (RuntimeException e) {
            throw new UsageError(
                    settings.place() + ": its client refuses registry.properties: " + words(innermost(e))
                            + "; see the properties of Confluent's Schema Registry client",
                    e);
        }
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread asking = new Thread(task, "schema-registry");
            asking.setDaemon(true);
            return asking;
        });
    }

    /** The schema with this id, whatever its subject. */
    Answer<Schema> schema(int id) {
        return ask(() -> {
            var found = rest.getId(id);
            return found.getSchemaString() == null
                    ? new Answer.Away<>("an answer without a schema")
                    : parsed(found.getSchemaType(), found.getSchemaString(), found.getReferences());
        });
    }

    /** The id of this schema in a subject. */
    Answer<Integer> id(String subject, Schema schema) {
        return ask(() ->
                known(rest.lookUpSubjectVersion(schema.toString(), subject).getId()));
    }

    /** Registers a schema, or finds it registered; its id. */
    Answer<Integer> register(String subject, Schema schema) {
        return ask(() -> known(rest.registerSchema(schema.toString(), subject)));
    }

    /** The numbers of a subject's versions. */
    Answer<List<Integer>> versions(String subject) {
        return ask(() -> new Answer.Given<>(List.copyOf(rest.getAllVersions(subject))));
    }

    /** One version of a subject. */
    Answer<Version> version(String subject, int number) {
        return ask(() -> {
            var found = rest.getVersion(subject, number);
            Answer<Schema> schema = parsed(found.getSchemaType(), found.getSchema(), found.getReferences());
            return schema instanceof Answer.Given<Schema> given
                    ? new Answer.Given<>(new Version(found.getId(), given.value()))
                    : new Answer.Rejected<>(schema.why());
        });
    }

    /** The compatibility that a subject itself has. */
    Answer<String> compatibility(String subject) {
        return ask(() -> new Answer.Given<>(rest.getConfig(subject).getCompatibilityLevel()));
    }

    /** Sets the compatibility of a subject, which need not be there yet. */
    Answer<String> setCompatibility(String subject, String level) {
        return ask(() ->
                new Answer.Given<>(rest.updateCompatibility(level, subject).getCompatibilityLevel()));
    }

    /** Ends every question under way; later ones are answered at once, with nothing. */
    @Override
    public void close() {
        closing.complete(null);
        thread.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("Confluent's client cannot be closed", e);
        }
    }

    /** Definite: what the registry holds under this id is one schema, and if it is none of Avro's it never will be. */
    private Answer<Schema> parsed(String type, String text, List<SchemaReference> references) {
        if (!"AVRO".equals(type)) {
            return new Answer.Missing<>("it is of type " + type + ", not Avro");
        }
        String whole = text;
        if (!references.isEmpty()) {
            ParsedSchema parsed = client.parseSchema(type, text, references).orElse(null);
            if (parsed == null) {
                return new Answer.Away<>("its references cannot be resolved");
            }
            whole = String.valueOf(parsed.rawSchema());
        }
        try {
            return new Answer.Given<>(new Schema.Parser().parse(whole));
        } catch (AvroRuntimeException e) {
            return new Answer.Missing<>("it is no Avro schema (" + e.getMessage() + ")");
        }
    }

    /** Zero is the client's word for a field that was not there; no registry counts from it. */
    private static Answer<Integer> known(@Nullable Integer id) {
        return id == null || id == 0 ? new Answer.Away<>("an answer without an id") : new Answer.Given<>(id);
    }

    private <T> Answer<T> ask(Question<T> question) {
        try {
            CompletableFuture<Answer<T>> answer = CompletableFuture.supplyAsync(() -> answered(question), thread);
            try {
                CompletableFuture.anyOf(answer, closing).get(timeoutMillis, TimeUnit.MILLISECONDS);
                return closing.isDone() ? new Answer.Away<>("closed") : answer.get();
            } finally {
                // One that was given up before its turn is not asked.
                answer.cancel(true);
            }
        } catch (TimeoutException e) {
            return new Answer.Away<>("no answer within " + timeoutMillis + " ms (registry.timeout)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Away<>("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking the registry failed by a defect of ours", e.getCause());
        } catch (RejectedExecutionException e) {
            return new Answer.Away<>("closed");
        }
    }

    private static <T> Answer<T> answered(Question<T> question) {
        try {
            return question.ask();
        } catch (RestClientException e) {
            return refusal(e);
        } catch (IOException e) {
            return new Answer.Away<>(words(e));
        } catch (RuntimeException e) {
            // The client meets an answer that no registry gives (an empty body, a field of another kind).
            return new Answer.Away<>("an answer that is none: " + words(e));
        }
    }

    private static <T> Answer<T> refusal(RestClientException e) {
        String why = "HTTP " + e.getStatus() + ", " + e.getMessage();
        return switch (e.getStatus()) {
            case 401, 403 -> new Answer.Refused<>(why + "; see registry.properties");
            // Any web server says 404; only a registry says of what.
            case 404 ->
                MISSING.contains(e.getErrorCode())
                        ? new Answer.Missing<>(why)
                        : new Answer.Away<>(why + "; is that the address of its API?");
            case 409, 422 -> new Answer.Rejected<>(why);
            default -> new Answer.Away<>(why);
        };
    }

    /** The client wraps what is wrong with a store of certificates in three layers that do not say it. */
    private static Throwable innermost(Throwable problem) {
        Throwable inner = problem;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static String words(Throwable problem) {
        String message = problem.getMessage();
        String text = problem.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        String line = text.lines().findFirst().orElse(text);
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
