package io.faultprint.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/**
 * Sends batches over HTTP/1.1 as a collector does: gzip, a bounded queue, retries of 429, 502, 503, 504 and broken
 * connections with the pause that Retry-After asks for. A service keeps its lane, so that its batches stay in order.
 */
final class Sender implements AutoCloseable {

    private static final int LANES = 3;
    private static final int QUEUED_PER_LANE = 600;
    private static final int ATTEMPTS = 12;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final long CLOSING_MS = 5000;

    private final URI door;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<BlockingQueue<Parcel>> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch giveUp = new CountDownLatch(1);
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private volatile boolean closing;

    Sender(URI door) {
        this.door = door;
        for (int i = 0; i < LANES; i++) {
            BlockingQueue<Parcel> lane = new ArrayBlockingQueue<>(QUEUED_PER_LANE);
            lanes.add(lane);
            var thread = new Thread(() -> work(lane), "scenario-sender-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void offer(String service, Batch batch) {
        BlockingQueue<Parcel> lane = lanes.get(Math.floorMod(service.hashCode(), LANES));
        batch.bodies().forEach((path, body) -> {
            offered.addAndGet(body.events);
            if (closing || !lane.offer(new Parcel(path, body))) {
                dropped.addAndGet(body.events);
            }
        });
    }

    Deliveries deliveries() {
        return new Deliveries(offered.get(), acknowledged.get(), failed.get(), dropped.get(), retries.get());
    }

    @Override
    public void close() {
        closing = true;
        long until = System.nanoTime() + CLOSING_MS * 1_000_000;
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
            giveUp.countDown();
            for (Thread thread : threads) {
                thread.join(1000);
                thread.interrupt();
                thread.join(1000);
            }
        } catch (InterruptedException e) {
            giveUp.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void work(BlockingQueue<Parcel> lane) {
        try {
            while (giveUp.getCount() > 0) {
                Parcel parcel = lane.poll(100, TimeUnit.MILLISECONDS);
                if (parcel != null) {
                    deliver(parcel);
                } else if (closing) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (Parcel left = lane.poll(); left != null; left = lane.poll()) {
                dropped.addAndGet(left.body.events);
            }
        }
    }

    private void deliver(Parcel parcel) throws InterruptedException {
        byte[] zipped = gzip(parcel.body.json);
        HttpRequest request = HttpRequest.newBuilder(door.resolve(parcel.path))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped))
                .build();
        boolean settled = false;
        try {
            for (int attempt = 1; !settled; attempt++) {
                Optional<Long> pause = attempt(request, parcel, attempt);
                settled = pause.isEmpty();
                if (!settled) {
                    retries.incrementAndGet();
                    if (giveUp.await(pause.get(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } finally {
            if (!settled) {
                dropped.addAndGet(parcel.body.events);
            }
        }
    }

    /** One attempt; the pause before the next in milliseconds, or nothing when the parcel is settled either way. */
    private Optional<Long> attempt(HttpRequest request, Parcel parcel, int attempt) throws InterruptedException {
        long pause = Math.min(LONGEST_PAUSE_MS, 200L << Math.min(attempt, 6));
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            int status = response.statusCode();
            if (status >= 200 && status < 300) {
                acknowledged.addAndGet(parcel.body.events);
                return Optional.empty();
            }
            boolean again = status == 429 || status == 502 || status == 503 || status == 504;
            if (again && attempt < ATTEMPTS) {
                return Optional.of(response.headers()
                        .firstValue("Retry-After")
                        .map(Sender::millis)
                        .orElse(pause));
            }
        } catch (IOException e) {
            // Not there, or gone half-way: for a sender the same as 503.
            if (attempt < ATTEMPTS) {
                return Optional.of(pause);
            }
        }
        failed.addAndGet(parcel.body.events);
        return Optional.empty();
    }

    private static long millis(String retryAfter) {
        try {
            return Math.max(0, Math.min(LONGEST_PAUSE_MS, Long.parseLong(retryAfter.trim()) * 1000));
        } catch (NumberFormatException e) {
            return 1000;
        }
    }

    private static byte[] gzip(byte[] plain) {
        var zipped = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory", e);
        }
        return zipped.toByteArray();
    }

    private static final class Parcel {
        final String path;
        final Batch.Body body;

        Parcel(String path, Batch.Body body) {
            this.path = path;
            this.body = body;
        }
    }
}
