package io.faultprint.ingest.http;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** From a path to its endpoint, and from an endpoint's answer to the wire; an open request holds the watermark back. */
final class Routes extends Handler.Abstract {

    private static final String BROKEN_OFF = "the body broke off, or its chunks are no HTTP; nothing of it was taken";
    private static final String ROUTED = Routes.class.getName();
    private static final String PATHS = "POST to /v1/logs, /v1/metrics, /v1/traces or /v1/changes";

    private final HttpDoor.Needs needs;
    private final Exchange exchange;
    private final Map<String, Endpoint> endpoints;
    private final RequestMeters requests;

    Routes(HttpDoor.Needs needs, Exchange exchange, Map<String, Endpoint> endpoints, RequestMeters requests) {
        this.needs = needs;
        this.exchange = exchange;
        this.endpoints = endpoints;
        this.requests = requests;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        request.setAttribute(ROUTED, true);
        String path = Request.getPathInContext(request);
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Endpoint endpoint = endpoints.get(trimmed);
        if (endpoint == null) {
            requests.astray(404);
            return refuse(404, "nothing is at this path; " + PATHS, response, callback);
        }
        if (!request.getMethod().equals("POST")) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            requests.answered(trimmed, 405);
            return refuse(405, "only POST is taken here", response, callback);
        }
        // The deadlines of a body and of Kafka decide; only a sender that does not read its answer is cut off as idle.
        AtomicBoolean answering = new AtomicBoolean();
        request.addIdleTimeoutListener(idle -> answering.get());
        long receivedAt = needs.watermark().received();
        CompletableFuture<@Nullable Answer> answer;
        try {
            answer = exchange.answer(request, trimmed, endpoint, receivedAt);
        } catch (RuntimeException defect) {
            answer = CompletableFuture.failedFuture(defect);
        }
        var unused = answer.whenComplete((ready, defect) -> {
            needs.watermark().settled(receivedAt);
            answering.set(true);
            if (defect != null) {
                requests.answered(trimmed, 500);
                callback.failed(defect);
            } else if (ready == null) {
                requests.gone(trimmed);
                Answer.problem(400, Encoding.JSON, Answer.INVALID_ARGUMENT, BROKEN_OFF)
                        .write(response, callback);
            } else {
                requests.answered(trimmed, ready.status());
                ready.write(response, callback);
            }
        });
        return true;
    }

    private boolean refuse(int status, String message, Response response, Callback callback) {
        Answer.problem(status, Encoding.JSON, Answer.NOT_FOUND, message).write(response, callback);
        return true;
    }

    /** What is refused before it is a request, in the form of all other answers. */
    static final class Errors extends ErrorHandler {

        private final RequestMeters requests;

        Errors(RequestMeters requests) {
            this.requests = requests;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus();
            if (request.getAttribute(ROUTED) == null) {
                requests.astray(status);
            }
            Object said = request.getAttribute(ERROR_MESSAGE);
            String message = said == null ? String.valueOf(HttpStatus.getMessage(status)) : said.toString();
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, Encoding.JSON.contentType());
            byte[] body = Answer.problem(status, Encoding.JSON, Answer.INVALID_ARGUMENT, message)
                    .body();
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }
    }
}
