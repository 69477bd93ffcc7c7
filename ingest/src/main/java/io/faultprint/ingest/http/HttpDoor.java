package io.faultprint.ingest.http;

import io.faultprint.ingest.heartbeat.Watermark;
import io.faultprint.ingest.loss.LossCounters;
import io.faultprint.ingest.normalise.Normaliser;
import io.faultprint.ingest.otlp.Signal;
import io.faultprint.ingest.produce.EventProducer;
import io.faultprint.runtime.UsageError;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP door: {@code POST /v1/logs}, {@code /v1/metrics}, {@code /v1/traces} (OTLP/HTTP) and {@code /v1/changes}. */
public final class HttpDoor implements AutoCloseable {

    private final Javalin server;
    private final ExecutorService answers = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "http-answer");
        thread.setDaemon(true);
        return thread;
    });

    /** What the door works with. */
    public record Parts(
            String door,
            Normaliser normaliser,
            EventProducer producer,
            Watermark watermark,
            LossCounters losses,
            MeterRegistry meters) {}

    private HttpDoor(Parts parts, HttpLimits limits) {
        Exchange exchange = new Exchange(parts, limits, answers);
        RequestMeters requests = new RequestMeters(parts.meters(), exchange::bytesInFlight);
        this.server = Javalin.create(config -> {
            config.requestLogger.http((context, millis) -> requests.answered(context));
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            // A backstop only: the producer itself gives up after the delivery deadline.
            config.http.asyncTimeout = 3 * limits.delivery().toMillis();
            for (Signal signal : Signal.values()) {
                OtlpEndpoint endpoint = new OtlpEndpoint(signal, exchange, parts.normaliser());
                config.routes.post("/v1/" + signal.path(), endpoint::handle);
            }
            ChangesEndpoint changes = new ChangesEndpoint(exchange, parts.normaliser());
            config.routes.post("/v1/changes", changes::handle);
            config.routes.error(404, HttpDoor::nothingHere);
        });
    }

    /**
     * Listens at once.
     *
     * @param port 0 takes a free one
     * @throws UsageError when the address cannot be listened on
     */
    public static HttpDoor start(String host, int port, Parts parts, HttpLimits limits) {
        HttpDoor door = new HttpDoor(parts, limits);
        try {
            door.server.start(host, port);
        } catch (JavalinBindException taken) {
            door.close();
            String mend =
                    ": cannot be listened on (" + taken.getMessage() + "); choose another port, or 0 for a free one";
            throw new UsageError("http.port " + port + " on " + host + mend, taken);
        }
        return door;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Stops listening, after the requests in flight are answered. */
    @Override
    public void close() {
        server.stop();
        answers.shutdown();
    }

    private static void nothingHere(Context context) {
        context.contentType("application/json")
                .result("{\"code\":5,\"message\":\"POST to /v1/logs, /v1/metrics, /v1/traces or /v1/changes\"}");
    }
}
