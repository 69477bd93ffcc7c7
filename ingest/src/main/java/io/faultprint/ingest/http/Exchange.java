package io.faultprint.ingest.http;

import io.faultprint.ingest.loss.LossCounters.Tally;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.produce.Delivery;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its head to its answer: its body within the limits, its records to Kafka, and the answer once they
 * are there. No thread waits meanwhile.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String FULL = "too much is on its way to Kafka already";

    private final HttpDoor.Needs needs;
    private final HttpLimits limits;
    private final ByteBudget budget;
    private final Executor answers;
    private final ScheduledExecutorService timer;

    Exchange(
            HttpDoor.Needs needs,
            HttpLimits limits,
            ByteBudget budget,
            Executor answers,
            ScheduledExecutorService timer) {
        this.needs = needs;
        this.limits = limits;
        this.budget = budget;
        this.answers = answers;
        this.timer = timer;
    }

    /**
     * Has a request's records delivered. The future ends when the sender can be answered, and empty when it has gone.
     *
     * @param receivedAt when its head was there, epoch milliseconds
     */
    CompletableFuture<@Nullable Answer> answer(Request request, String path, Endpoint endpoint, long receivedAt) {
        String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        Encoding encoding = endpoint.encoding(contentType);
        if (encoding == null) {
            String mend = "Content-Type " + shown(contentType) + ": send " + endpoint.wanted();
            return now(Answer.problem(415, Encoding.JSON, Answer.INVALID_ARGUMENT, mend));
        }
        String coding = header(request, HttpHeader.CONTENT_ENCODING, "identity").toLowerCase(Locale.ROOT);
        if (!coding.equals("gzip") && !coding.equals("identity")) {
            String mend = "Content-Encoding " + shown(coding) + ": send gzip or identity";
            return now(Answer.problem(415, encoding, Answer.INVALID_ARGUMENT, mend));
        }
        Work work = new Work(path, endpoint, encoding, coding.equals("gzip"), header(request, BATCH_ID), receivedAt);
        return BodyReader.read(request, limits.maxBody(), work.claim, timer, limits.body())
                .thenCompose(work::on);
    }

    private static final String BATCH_ID = "Idempotency-Key";

    /** The part of a request that begins when its body is there. */
    private final class Work {
        private final String path;
        private final Endpoint endpoint;
        private final Encoding encoding;
        private final boolean gzip;
        private final @Nullable String batchKey;
        private final long receivedAt;
        private final ByteBudget.Claim claim = budget.claim();

        Work(
                String path,
                Endpoint endpoint,
                Encoding encoding,
                boolean gzip,
                @Nullable String batchKey,
                long receivedAt) {
            this.path = path;
            this.endpoint = endpoint;
            this.encoding = encoding;
            this.gzip = gzip;
            this.batchKey = batchKey;
            this.receivedAt = receivedAt;
        }

        CompletableFuture<@Nullable Answer> on(Body body) {
            Body plain = gzip && body instanceof Body.Whole wire
                    ? Body.inflate(wire.bytes(), limits.maxInflated(), claim)
                    : body;
            if (plain instanceof Body.Whole whole) {
                return deliver(whole.bytes());
            } else if (plain instanceof Body.Broken broken) {
                return undecodable(broken);
            }
            claim.close();
            if (plain instanceof Body.Gone gone) {
                LOG.debug("a sender went away before its body was whole", gone.why());
                return CompletableFuture.completedFuture(null);
            } else if (plain instanceof Body.TooLong tooLong) {
                return now(Answer.problem(413, encoding, Answer.RESOURCE_EXHAUSTED, tooLong.why()));
            } else if (plain instanceof Body.TooSlow) {
                String mend = "the body did not come within " + limits.body().toMillis() / 1000.0
                        + " s (http.body-deadline); send it faster, or in smaller batches";
                return now(Answer.problem(408, encoding, Answer.DEADLINE_EXCEEDED, mend));
            }
            return now(Answer.overloaded(encoding, FULL));
        }

        private CompletableFuture<@Nullable Answer> undecodable(Body.Broken broken) {
            Delivery delivery = new Delivery(needs.producer(), claim::take);
            try {
                delivery.deadLetter(Letters.whole(
                        broken.why(), broken.bytes(), Cause.UNDECODABLE, encoding, source(broken.bytes()), path));
            } catch (Delivery.Full full) {
                return full(delivery);
            }
            return send(delivery, Answer.problem(400, encoding, Answer.INVALID_ARGUMENT, broken.why()));
        }

        private CompletableFuture<@Nullable Answer> deliver(byte[] body) {
            Delivery delivery = new Delivery(needs.producer(), claim::take);
            Answer answer;
            try {
                answer = endpoint.take(
                        body, encoding, source(body), new Parts(limits.maxParts(), claim::take), delivery);
            } catch (Delivery.Full full) {
                return full(delivery);
            } catch (RuntimeException defect) {
                claim.close();
                throw defect;
            }
            if (answer.status() == 413 || answer.status() == 503) {
                claim.close();
                return now(answer);
            }
            return send(delivery, answer);
        }

        /** Nothing of it was sent. What would never fit must not be sent again as it is. */
        private CompletableFuture<@Nullable Answer> full(Delivery delivery) {
            boolean tooLarge = claim.tooLarge();
            claim.close();
            needs.losses().received(delivery.tally());
            needs.losses().returned(delivery.tally());
            return now(
                    tooLarge
                            ? Answer.problem(413, encoding, Answer.RESOURCE_EXHAUSTED, TOO_LARGE)
                            : Answer.overloaded(encoding, FULL));
        }

        /** Sends the records; the answer follows when Kafka has all of them, or 503 when it refused one. */
        private CompletableFuture<@Nullable Answer> send(Delivery delivery, Answer answer) {
            Tally tally = delivery.tally();
            needs.losses().received(tally);
            CompletableFuture<@Nullable Answer> settled = delivery.send()
                    .handleAsync(
                            (done, problem) -> {
                                claim.close();
                                return settled(tally, answer, problem);
                            },
                            answers);
            // The producer gives up by itself. Should it ever not, the sender and the watermark are let go; the bytes
            // stay claimed, because the producer has them.
            return settled.copy()
                    .completeOnTimeout(
                            Answer.overloaded(encoding, "Kafka has not answered"),
                            2 * limits.delivery().toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        private Answer settled(Tally tally, Answer answer, @Nullable Throwable problem) {
            if (problem == null) {
                needs.losses().settled(tally);
                return answer;
            }
            needs.losses().returned(tally);
            LOG.warn(
                    "{} records given back to their sender: Kafka did not take them: {}",
                    tally.all(),
                    problem.toString());
            return Answer.overloaded(encoding, "Kafka did not take the records: " + problem.getMessage());
        }

        private Source source(byte[] body) {
            return new Source(needs.door(), receivedAt, BatchId.of(batchKey, body), limits.futureMillis(), false);
        }
    }

    private static final String TOO_LARGE = "its records, with what is copied into their dead letters, do not fit into "
            + "http.max-in-flight; send smaller batches";

    private static String header(Request request, HttpHeader name, String otherwise) {
        String value = request.getHeaders().get(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static @Nullable String header(Request request, String name) {
        return request.getHeaders().get(name);
    }

    private static String shown(@Nullable String value) {
        return value == null ? "(none)" : value.length() > 80 ? value.substring(0, 80) + "…" : value;
    }

    private static CompletableFuture<@Nullable Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
