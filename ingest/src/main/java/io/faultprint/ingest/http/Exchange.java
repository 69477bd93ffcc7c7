package io.faultprint.ingest.http;

import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.produce.DeadLetter;
import io.faultprint.ingest.produce.Delivery;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a request that all endpoints share: its place in the watermark, its body within the limits, its records
 * to Kafka, and its answer once they are there. No thread waits meanwhile.
 */
final class Exchange {

    /** google.rpc.Code, as OTLP's answers carry it. */
    private static final int INVALID_ARGUMENT = 3;

    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAVAILABLE = 14;

    private static final String RETRY_AFTER_SECONDS = "2";
    private static final int LONGEST_BATCH_ID = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpDoor.Parts parts;
    private final HttpLimits limits;
    private final ByteBudget budget;
    private final Executor answers;

    Exchange(HttpDoor.Parts parts, HttpLimits limits, Executor answers) {
        this.parts = parts;
        this.limits = limits;
        this.budget = new ByteBudget(limits.maxInFlight());
        this.answers = answers;
    }

    /** What is answered. */
    @SuppressWarnings("ArrayRecordComponent") // bytes for the wire, never compared
    record Answer(int status, Encoding encoding, byte[] body) {

        static Answer problem(int status, Encoding encoding, int code, String message) {
            return new Answer(status, encoding, encoding.status(code, message));
        }
    }

    /** What an endpoint makes of a whole body. */
    interface Work {
        CompletableFuture<Answer> on(byte[] bytes, Encoding encoding, Source source);
    }

    /**
     * Receives a request, has the work done and answers. Until then the door's watermark stays behind its receipt.
     *
     * @param encoding null when the request's content type is none that the endpoint takes
     * @param wanted the content types that it takes, for the sender
     */
    void handle(Context context, @Nullable Encoding encoding, String wanted, Work work) throws IOException {
        long receivedAt = parts.watermark().received();
        CompletableFuture<Answer> answer;
        try {
            answer = receive(context, encoding, wanted, receivedAt, work);
        } catch (IOException | RuntimeException e) {
            parts.watermark().settled(receivedAt);
            throw e;
        }
        CompletableFuture<Void> written = answer.whenComplete(
                        (ready, problem) -> parts.watermark().settled(receivedAt))
                .thenAccept(ready -> write(context, ready));
        context.future(() -> written);
    }

    private CompletableFuture<Answer> receive(
            Context context, @Nullable Encoding encoding, String wanted, long receivedAt, Work work)
            throws IOException {
        if (encoding == null) {
            return now(Answer.problem(
                    415,
                    Encoding.JSON,
                    INVALID_ARGUMENT,
                    "Content-Type " + shown(context.header("Content-Type")) + ": send " + wanted));
        }
        String inflation = header(context, "Content-Encoding", "identity").toLowerCase(Locale.ROOT);
        if (!inflation.equals("gzip") && !inflation.equals("identity")) {
            return now(Answer.problem(
                    415,
                    encoding,
                    INVALID_ARGUMENT,
                    "Content-Encoding " + shown(inflation) + ": send gzip or identity"));
        }
        Source source = source(context, receivedAt);
        Body body = Body.read(
                context.bodyInputStream(), inflation.equals("gzip"), limits.maxBody(), limits.maxInflated(), budget);
        if (body instanceof Body.Read read) {
            try {
                return work.on(read.bytes(), encoding, source);
            } finally {
                budget.give(read.held());
            }
        }
        if (body instanceof Body.Broken broken) {
            return undecodable(broken.why(), broken.bytes(), Cause.UNDECODABLE, encoding, source, context.path());
        }
        return body instanceof Body.TooLong tooLong
                ? now(Answer.problem(413, encoding, RESOURCE_EXHAUSTED, tooLong.why()))
                : now(overloaded(encoding, "too much is on its way to Kafka already"));
    }

    /** A body that nothing can be made of: 400, and the body itself is kept as a dead letter. */
    CompletableFuture<Answer> undecodable(
            String why, byte[] bytes, Cause cause, Encoding encoding, Source source, String path) {
        Delivery delivery = delivery();
        delivery.deadLetter(new DeadLetter(
                cause,
                why,
                source.door(),
                "POST " + path,
                0,
                source.now(),
                encoding.contentType(),
                "",
                bytes,
                source.batchId()));
        return deliver(delivery, Answer.problem(400, encoding, INVALID_ARGUMENT, why));
    }

    DeadLetter deadLetter(Outcome.Rejected rejected, String contentType, Source source, String path) {
        return new DeadLetter(
                rejected.cause(),
                rejected.message(),
                source.door(),
                "POST " + path,
                rejected.index(),
                source.now(),
                contentType,
                rejected.key(),
                rejected.original(),
                source.batchId());
    }

    /** Bytes of bodies and records that are on their way. */
    long bytesInFlight() {
        return budget.used();
    }

    Delivery delivery() {
        return new Delivery(parts.producer());
    }

    /** Sends the records; the answer follows when Kafka has all of them, or 503 when it refused one. */
    CompletableFuture<Answer> deliver(Delivery delivery, Answer answer) {
        Tally tally = delivery.tally();
        long bytes = delivery.bytes();
        parts.losses().received(tally);
        if (!budget.take(bytes)) {
            parts.losses().returned(tally);
            return now(overloaded(answer.encoding(), "too much is on its way to Kafka already"));
        }
        return delivery.send()
                .handleAsync(
                        (done, problem) -> {
                            budget.give(bytes);
                            return settled(tally, answer, problem);
                        },
                        answers);
    }

    private Answer settled(Tally tally, Answer answer, @Nullable Throwable problem) {
        if (problem == null) {
            parts.losses().settled(tally);
            return answer;
        }
        parts.losses().returned(tally);
        LOG.warn("{} records given back to their sender: Kafka did not take them: {}", tally.all(), problem.toString());
        return overloaded(answer.encoding(), "Kafka did not take the records: " + problem.getMessage());
    }

    private static Answer overloaded(Encoding encoding, String why) {
        return Answer.problem(503, encoding, UNAVAILABLE, why + "; send the same again later");
    }

    private Source source(Context context, long receivedAt) {
        String batchId = header(context, "Idempotency-Key", "");
        // A key that is too long to keep would be worth nothing cut: two batches could share its beginning.
        String kept = batchId.isBlank()
                ? null
                : batchId.length() <= LONGEST_BATCH_ID ? batchId : io.faultprint.id.Ids.hash(batchId);
        return new Source(parts.door(), receivedAt, kept, limits.futureMillis(), false);
    }

    private static void write(Context context, Answer answer) {
        if (answer.status() == 503) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        context.status(answer.status())
                .contentType(answer.encoding().contentType())
                .result(answer.body());
    }

    private static String header(Context context, String name, String otherwise) {
        String value = context.header(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static String shown(@Nullable String value) {
        return value == null ? "(none)" : value.length() > 80 ? value.substring(0, 80) + "…" : value;
    }

    static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
