package io.faultprint.scenario.voice;

import java.util.List;

/** Failures as a Go service reports them. */
final class GoErrors {

    private GoErrors() {}

    static Thrown of(Failure failure, String code, int variant) {
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
            case BAD_DATA -> go("decode record: strconv.ParseFloat: parsing \"n/a\": invalid syntax");
            case FLAGGED_BUG -> go("variant b: no handler registered");
            case DISK_FULL -> go("write /var/lib/" + code + "/journal: no space left on device");
            case DEVICE -> go("read /var/lib/" + code + "/index.bin: input/output error");
            case DNS -> go(get + "dial tcp: lookup " + peer + " on 10.96.0.10:53: read udp: i/o timeout");
            case CERTIFICATE ->
                go(get + "tls: failed to verify certificate: x509: certificate has expired or is not yet valid");
            case UNAUTHORIZED -> go("call " + peer + ": unexpected status 401");
            case THROTTLED -> go("call " + peer + ": unexpected status 429: rate limit exceeded");
            case UNREACHABLE -> go(get + "dial tcp 10.96.14.7:8080: i/o timeout");
            case CIRCUIT_OPEN -> go("call " + peer + ": circuit breaker is open");
            case POISON -> go("unmarshal message: unexpected end of JSON input");
            case STARTUP -> go("load settings: required key SIGNING_KEY missing value");
        };
    }

    private static Thrown go(String message) {
        return new Thrown("*errors.errorString", message, List.of(), null);
    }
}
