package io.faultprint.scenario.voice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures as Python, Node and Go services report them. */
final class ScriptErrors {

    private ScriptErrors() {}

    static Thrown python(Failure failure, String code, int variant) {
        String peer = failure.peer();
        String http = "/app/" + code + "/clients.py\", line 58, in call";
        String store = "/app/" + code + "/store.py\", line 91, in fetch";
        return switch (failure.kind()) {
            case TIMEOUT ->
                python(
                        code,
                        "requests.exceptions.ReadTimeout",
                        "HTTPConnectionPool(host='" + peer + "', port=8080): Read timed out. (read timeout="
                                + failure.detail() / 1000.0 + ")",
                        http);
            case REFUSED ->
                python(
                        code,
                        "requests.exceptions.ConnectionError",
                        "HTTPConnectionPool(host='" + peer
                                + "', port=8080): Max retries exceeded: [Errno 111] Connection refused",
                        http);
            case RESET ->
                python(
                        code,
                        "requests.exceptions.ConnectionError",
                        "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
                        http);
            case UPSTREAM ->
                python(
                        code,
                        "requests.exceptions.HTTPError",
                        failure.detail() + " Server Error for url: http://" + peer + ":8080"
                                + JavaErrors.path(failure.operation()),
                        http);
            case QUERY_TIMEOUT ->
                python(
                        code,
                        "opensearchpy.exceptions.ConnectionTimeout",
                        "ConnectionTimeout caused by - ReadTimeoutError(HTTPSConnectionPool(host='" + peer
                                + "', port=9200): Read timed out.)",
                        store);
            case POOL_EMPTY ->
                python(
                        code,
                        "sqlalchemy.exc.TimeoutError",
                        "QueuePool limit of size 10 overflow 0 reached, connection timed out, timeout "
                                + failure.detail() / 1000.0,
                        store);
            case UNKNOWN_HOST ->
                python(
                        code,
                        "socket.gaierror",
                        "[Errno -2] Name or service not known: '" + peer + ".db.new-zone.internal'",
                        store);
            case BUG ->
                switch (Math.floorMod(variant, 3)) {
                    case 0 ->
                        python(
                                code,
                                "KeyError",
                                "'boost_profile'",
                                "/app/" + code + "/ranking.py\", line 144, in rank");
                    case 1 ->
                        python(
                                code,
                                "TypeError",
                                "unsupported operand type(s) for +: 'int' and 'NoneType'",
                                "/app/" + code + "/totals.py\", line 37, in add");
                    default ->
                        python(
                                code,
                                "AttributeError",
                                "'NoneType' object has no attribute 'locale'",
                                "/app/" + code + "/context.py\", line 22, in resolve");
                };
            case OVERLOADED ->
                python(
                        code,
                        "gunicorn.errors.WorkerBusy",
                        "no worker available, listen queue full",
                        "/usr/lib/python3.11/site-packages/gunicorn/arbiter.py\", line 209, in run");
            case OUT_OF_MEMORY ->
                python(
                        code,
                        "MemoryError",
                        "unable to allocate 64.0 MiB for an array",
                        "/app/" + code + "/cache.py\", line 71, in grow");
        };
    }

    private static Thrown python(String code, String type, String message, String innermost) {
        return new Thrown(
                type,
                message,
                List.of(
                        "File \"" + innermost,
                        "File \"/app/" + code + "/handlers.py\", line 33, in handle",
                        "File \"/app/" + code + "/app.py\", line 112, in dispatch"),
                null);
    }

    static Thrown node(Failure failure, String code, int variant) {
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

    static Thrown go(Failure failure, String code, int variant) {
        String peer = failure.peer();
        String get =
                "call " + peer + ": Get \"http://" + peer + ":8080" + JavaErrors.path(failure.operation()) + "\": ";
        return switch (failure.kind()) {
            case TIMEOUT -> go(get + "context deadline exceeded");
            case REFUSED -> go(get + "dial tcp 10.96.14.7:8080: connect: connection refused");
            case RESET -> go(get + "read: connection reset by peer");
            case UPSTREAM -> go("call " + peer + ": unexpected status " + failure.detail());
            case QUERY_TIMEOUT -> go("query " + peer + ": pq: canceling statement due to user request");
            case POOL_EMPTY ->
                go("acquire connection to " + peer + ": context deadline exceeded after " + failure.detail() + "ms");
            case UNKNOWN_HOST ->
                go("connect: dial tcp: lookup " + peer + ".db.new-zone.internal on 10.96.0.10:53: no such host");
            case BUG ->
                new Thrown(
                        "runtime.boundsError",
                        Math.floorMod(variant, 2) == 0
                                ? "runtime error: index out of range [2] with length 2"
                                : "runtime error: invalid memory address or nil pointer dereference",
                        List.of(
                                code + ".(*Server).merge(...) /src/" + code + "/merge.go:61 +0x1c4",
                                code + ".(*Server).ServeHTTP(...) /src/" + code + "/server.go:118 +0x2b0",
                                "net/http.(*conn).serve(...) /usr/local/go/src/net/http/server.go:2009 +0x5f4"),
                        null);
            case OVERLOADED -> go("too many requests in flight");
            case OUT_OF_MEMORY -> go("runtime: out of memory: cannot allocate 4194304-byte block");
        };
    }

    private static Thrown go(String message) {
        return new Thrown("*errors.errorString", message, List.of(), null);
    }

    static Thrown nginx(Failure failure, @Nullable String client) {
        String upstream = ", client: " + client + ", server: shop.example, upstream: \"http://10.96.3.20:8080/\"";
        String message = switch (failure.kind()) {
            case TIMEOUT ->
                "upstream timed out (110: Connection timed out) while reading response header from upstream";
            case REFUSED -> "connect() failed (111: Connection refused) while connecting to upstream";
            case RESET -> "upstream prematurely closed connection while reading response header from upstream";
            case OVERLOADED -> "worker_connections are not enough";
            case UNKNOWN_HOST -> "storefront could not be resolved (3: Host not found)";
            default -> "upstream sent an error response";
        };
        return new Thrown("nginx", message + upstream, List.of(), null);
    }
}
