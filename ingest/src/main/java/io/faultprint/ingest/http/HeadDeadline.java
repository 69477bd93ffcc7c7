package io.faultprint.ingest.http;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes connections whose request's head drips in. Jetty cuts off only who is quiet: a byte now and then would keep a
 * connection open for days. Looked after once a second, so a head has up to a second more.
 */
final class HeadDeadline {

    private final ServerConnector connector;
    private final long deadlineNanos;
    private final Map<Connection, Head> heads = new WeakHashMap<>();

    /**
     * A head that has begun and is not yet a request.
     *
     * @param requests how many the connection had brought before
     * @param bytes how many it had read when it last brought a whole one, or was new
     */
    private record Head(long requests, long bytes, long sinceNanos) {}

    HeadDeadline(ServerConnector connector, Duration deadline) {
        this.connector = connector;
        this.deadlineNanos = deadline.toNanos();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its executor
    void watch(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection connection = endPoint.getConnection();
            if (connection == null || connection.getMessagesIn() != connection.getMessagesOut()) {
                heads.remove(connection);
                continue;
            }
            Head head = heads.get(connection);
            boolean quiet = connection.getBytesIn() == (head == null ? 0 : head.bytes);
            if (head == null || head.requests != connection.getMessagesIn() || quiet) {
                long bytes = connection.getMessagesIn() == 0 && head == null ? 0 : connection.getBytesIn();
                heads.put(connection, new Head(connection.getMessagesIn(), bytes, now));
            } else if (now - head.sinceNanos > deadlineNanos) {
                endPoint.close();
            }
        }
    }
}
