package io.faultprint.ingest.http;

import io.faultprint.ingest.heartbeat.Watermark;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.runtime.UsageError;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP door: {@code POST /v1/logs}, {@code /v1/metrics}, {@code /v1/traces} (OTLP/HTTP) and {@code /v1/changes}. */
public final class HttpDoor implements AutoCloseable {

    private static final int IDLE_MILLIS = 30_000;

    /** When every connection is taken, those that are quiet for so long make room. */
    private static final int IDLE_WHEN_FULL_MILLIS = 1_000;

    /** Threads only compute: none waits for a sender or for Kafka. Jetty wants a few for itself. */
    private static final int THREADS = 8 + 2 * Runtime.getRuntime().availableProcessors();

    private final Server server;
    private final ServerConnector connector;
    private final HeadDeadline heads;
    private final ExecutorService answers = Executors.newFixedThreadPool(2, task -> daemon(task, "http-answer"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> daemon(task, "http-deadline"));

    /** What the door works with. */
    public record Needs(
            String door,
            Normaliser normaliser,
            EventProducer producer,
            Watermark watermark,
            LossCounters losses,
            MeterRegistry meters) {}

    private HttpDoor(String host, int port, Needs needs, HttpLimits limits) {
        timer.setRemoveOnCancelPolicy(true);
        ByteBudget budget = new ByteBudget(limits.maxInFlight());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("http");
        threads.setDaemon(true);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        NetworkConnectionLimit connections = new NetworkConnectionLimit(limits.maxConnections(), connector);
        connections.setEndPointIdleTimeout(IDLE_WHEN_FULL_MILLIS);
        server.addBean(connections);
        Exchange exchange = new Exchange(needs, limits, budget, answers, timer);
        Map<String, Endpoint> endpoints = endpoints(needs.normaliser());
        RequestMeters requests = new RequestMeters(needs.meters(), endpoints.keySet(), budget::used);
        server.setHandler(new GracefulHandler(new Routes(needs, exchange, endpoints, requests)));
        server.setErrorHandler(new Routes.Errors(requests));
        // What is open may need its body's deadline and Kafka's.
        server.setStopTimeout(limits.body().plus(limits.delivery()).toMillis());
        this.heads = new HeadDeadline(connector, limits.body());
    }

    private static Map<String, Endpoint> endpoints(Normaliser normaliser) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (Signal signal : Signal.values()) {
            endpoints.put("/v1/" + signal.path(), new OtlpEndpoint(signal, normaliser));
        }
        endpoints.put(ChangesEndpoint.PATH, new ChangesEndpoint(normaliser));
        return Map.copyOf(endpoints);
    }

    /**
     * Listens at once.
     *
     * @param port 0 takes a free one
     * @throws UsageError when the address cannot be listened on
     */
    public static HttpDoor start(String host, int port, Needs needs, HttpLimits limits) {
        HttpDoor door = new HttpDoor(host, port, needs, limits);
        try {
            door.server.start();
            door.heads.watch(door.timer);
        } catch (IOException taken) {
            door.close();
            String mend =
                    ": cannot be listened on (" + taken.getMessage() + "); choose another port, or 0 for a free one";
            throw new UsageError("http.port " + port + " on " + host + mend, taken);
        } catch (Exception e) {
            door.close();
            throw new IllegalStateException("the HTTP door did not start", e);
        }
        return door;
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops listening, after the requests in flight are answered. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP door did not stop", e);
        } finally {
            answers.shutdown();
            timer.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
