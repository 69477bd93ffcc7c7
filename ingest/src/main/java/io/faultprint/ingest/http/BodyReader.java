package io.faultprint.ingest.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a request as it comes, until a deadline; no thread waits for it. What will be refused is read to
 * its end and thrown away, because a sender that is still sending does not see an answer before a closed connection.
 */
final class BodyReader implements Runnable {

    /** What is thrown away of a refused body before its sender is cut off, as a multiple of the limit. */
    private static final int PATIENCE = 4;

    private final Request request;
    private final long most;
    private final ByteBudget.Claim claim;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 << 10);
    private final CompletableFuture<Body> result = new CompletableFuture<>();
    private @Nullable Body refusal;
    private long read;
    private boolean over;

    private BodyReader(Request request, long most, ByteBudget.Claim claim) {
        this.request = request;
        this.most = most;
        this.claim = claim;
    }

    /**
     * Starts to read. The result comes on the thread that brings the last bytes, or on the timer's.
     *
     * @param most bytes of a body on the wire
     */
    static CompletableFuture<Body> read(
            Request request, long most, ByteBudget.Claim claim, ScheduledExecutorService timer, Duration deadline) {
        BodyReader reader = new BodyReader(request, most, claim);
        if (request.getLength() > most) {
            reader.refuse(reader.tooLong());
            if (request.getHeaders().contains(HttpHeader.EXPECT)) {
                return CompletableFuture.completedFuture(reader.tooLong());
            }
        }
        ScheduledFuture<?> timeout = timer.schedule(reader::expire, deadline.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Body> settled = reader.result.whenComplete((body, problem) -> timeout.cancel(false));
        reader.run();
        return settled;
    }

    /** More has come. */
    @Override
    public void run() {
        Body body;
        synchronized (this) {
            if (over) {
                return;
            }
            body = pull();
            over = body != null;
        }
        if (body != null) {
            result.complete(body);
        }
    }

    private void expire() {
        Body body;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            body = refusal == null ? new Body.TooSlow() : refusal;
        }
        result.complete(body);
    }

    private @Nullable Body pull() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return null;
            }
            if (Content.Chunk.isFailure(chunk)) {
                return chunk.getFailure() instanceof TimeoutException
                        ? new Body.TooSlow()
                        : new Body.Gone(chunk.getFailure());
            }
            take(chunk);
            chunk.release();
            if (refusal != null && (chunk.isLast() || read > PATIENCE * most)) {
                return refusal;
            }
            if (chunk.isLast()) {
                // Twice was taken: for the buffer that grew, and for the copy that is handed on.
                claim.give(bytes.size());
                return new Body.Whole(bytes.toByteArray());
            }
        }
    }

    private void take(Content.Chunk chunk) {
        int length = chunk.remaining();
        read += length;
        if (refusal != null) {
            return;
        }
        if (read > most) {
            refuse(tooLong());
        } else if (!claim.take(2L * length)) {
            refuse(new Body.NoRoom());
        } else {
            byte[] piece = new byte[length];
            chunk.get(piece, 0, length);
            bytes.writeBytes(piece);
        }
    }

    private void refuse(Body why) {
        refusal = why;
        claim.give(2L * bytes.size());
        bytes.reset();
    }

    private Body tooLong() {
        return new Body.TooLong("the body is longer than " + most + " bytes; send smaller batches");
    }
}
