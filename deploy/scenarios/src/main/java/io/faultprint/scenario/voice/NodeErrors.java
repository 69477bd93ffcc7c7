package io.faultprint.scenario.voice;

import java.util.List;

/** Failures as a Node service throws them. */
final class NodeErrors {

    private NodeErrors() {}

    static Thrown of(Failure failure, String code, int variant) {
        String peer = failure.peer();
        return switch (failure.kind()) {
            case TIMEOUT -> node(code, "AxiosError", "timeout of " + failure.detail() + "ms exceeded", peer);
            case REFUSED -> node(code, "AxiosError", "connect ECONNREFUSED " + peer + ":8080", peer);
            case RESET -> node(code, "Error", "socket hang up", peer);
            case UPSTREAM ->
                node(code, "AxiosError", "Request failed with status code " + failure.detail() + " from " + peer, peer);
            case QUERY_TIMEOUT -> node(code, "Error", "Query read timeout on " + peer, peer);
            case POOL_EMPTY ->
                node(
                        code,
                        "KnexTimeoutError",
                        "Knex: Timeout acquiring a connection. The pool is probably full.",
                        peer);
            case UNKNOWN_HOST -> node(code, "Error", "getaddrinfo ENOTFOUND " + peer + ".db.new-zone.internal", peer);
            case BUG ->
                Math.floorMod(variant, 2) == 0
                        ? node(code, "TypeError", "Cannot read properties of undefined (reading 'currency')", "render")
                        : node(code, "RangeError", "Invalid time value", "format");
            case OVERLOADED -> node(code, "Error", "Too many pending requests", "server");
            case OUT_OF_MEMORY -> node(code, "Error", "JavaScript heap out of memory", "heap");
            case BAD_DATA -> node(code, "SyntaxError", "Unexpected end of JSON input", "parse");
            case FLAGGED_BUG -> node(code, "TypeError", "variant.render is not a function", "experiments");
            case DISK_FULL -> node(code, "Error", "ENOSPC: no space left on device, write", "spool");
            case DEVICE -> node(code, "Error", "EIO: i/o error, read", "files");
            case DNS -> node(code, "Error", "getaddrinfo EAI_AGAIN " + peer, peer);
            case CERTIFICATE -> node(code, "AxiosError", "certificate has expired (CERT_HAS_EXPIRED)", peer);
            case UNAUTHORIZED -> node(code, "AxiosError", "Request failed with status code 401 from " + peer, peer);
            case THROTTLED -> node(code, "AxiosError", "Request failed with status code 429 from " + peer, peer);
            case UNREACHABLE -> node(code, "AxiosError", "connect ETIMEDOUT " + peer + ":8080", peer);
            case CIRCUIT_OPEN -> node(code, "Error", "Breaker is open (EOPENBREAKER)", peer);
            case POISON -> node(code, "SyntaxError", "Unexpected token } in JSON at position 872", "messages");
            case STARTUP -> node(code, "Error", "Missing required environment variable SIGNING_KEY", "settings");
        };
    }

    private static Thrown node(String code, String type, String message, String about) {
        return new Thrown(
                type,
                message,
                List.of(
                        "/app/" + code + "/lib/" + about + ".js:" + (20 + about.length()) + ":11",
                        "async /app/" + code + "/routes/index.js:48:20",
                        "process.processTicksAndRejections (node:internal/process/task_queues:95:5)"),
                null);
    }
}
