package io.faultprint.chaos.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A shipper as they are: makes events whether or not anybody takes them, keeps a bounded queue, sends the same request
 * again until it is acknowledged, and gives up the oldest when the queue is full.
 */
final class Sender implements Runnable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final long PERIOD_MILLIS = 250;
    private static final int QUEUE = 400;
    private static final int KEPT_FOR_AGAIN = 20;

    private final URI door;
    private final Maker maker;
    private final Book book;
    private final InstantSource clock;
    private final IntSupplier perSecond;
    private final LongConsumer slowest;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Deque<Request> queue = new ArrayDeque<>();
    private final Deque<Request> acknowledged = new ArrayDeque<>();
    private final AtomicLong givenUp = new AtomicLong();
    private volatile boolean making = true;
    private volatile boolean again;
    private volatile boolean empty;

    /**
     * @param perSecond events a second, asked anew each time
     * @param slowest told how long each answer took, in milliseconds
     */
    Sender(URI door, Maker maker, Book book, InstantSource clock, IntSupplier perSecond, LongConsumer slowest) {
        this.door = door;
        this.maker = maker;
        this.book = book;
        this.clock = clock;
        this.perSecond = perSecond;
        this.slowest = slowest;
    }

    /** Sends on until {@link #makeNoMore} was called and the queue is empty. */
    @Override
    public void run() {
        long next = clock.millis();
        try {
            while (making || !queue.isEmpty()) {
                long now = clock.millis();
                if (making && now >= next) {
                    int rate = perSecond.getAsInt();
                    if (rate > 0) {
                        enqueue(maker.requests(now, (int) Math.max(1, rate * PERIOD_MILLIS / 1000)));
                    }
                    next = Math.max(next + PERIOD_MILLIS, now - 4 * PERIOD_MILLIS);
                }
                if (again) {
                    again = false;
                    queue.addAll(acknowledged);
                }
                Request first = queue.peek();
                if (first == null) {
                    Thread.sleep(Math.max(1, Math.min(PERIOD_MILLIS, next - clock.millis())));
                } else if (taken(first)) {
                    queue.remove(first);
                } else {
                    Thread.sleep(PERIOD_MILLIS);
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            empty = true;
        }
    }

    private void enqueue(List<Request> requests) {
        queue.addAll(requests);
        while (queue.size() > QUEUE) {
            givenUp.addAndGet(queue.remove().stamps().size());
        }
    }

    /** Whether ingest has it, or says that it never will. */
    private boolean taken(Request request) throws InterruptedException {
        request.stamps().forEach(stamp -> book.posted(request.kind(), stamp));
        long begin = clock.millis();
        Integer status = post(request);
        slowest.accept(clock.millis() - begin);
        if (status == null || status == 429 || status >= 500) {
            return false;
        }
        if (status / 100 != 2) {
            throw new IllegalStateException(request.path() + " was answered " + status + ", which no fault explains");
        }
        request.stamps().forEach(stamp -> book.acknowledged(request.kind(), stamp));
        acknowledged.add(request);
        if (acknowledged.size() > KEPT_FOR_AGAIN) {
            acknowledged.remove();
        }
        return true;
    }

    private @Nullable Integer post(Request request) throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(door.resolve(request.path()))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        if (!request.key().isEmpty()) {
            builder.header("Idempotency-Key", request.key());
        }
        try {
            return client.send(builder.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException noAnswer) {
            return null;
        }
    }

    /** Sends the latest acknowledged requests once more, as a sender does that missed the answers. */
    void again() {
        again = true;
    }

    /** Makes no more events; what is queued is still sent. */
    void makeNoMore() {
        making = false;
    }

    /** Whether everything is sent. */
    boolean done() {
        return empty;
    }

    /** Events that the full queue pushed out, which nobody acknowledged. */
    long givenUp() {
        return givenUp.get();
    }
}
