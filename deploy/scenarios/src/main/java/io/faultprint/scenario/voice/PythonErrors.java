package io.faultprint.scenario.voice;

import java.util.List;

/** Failures as a Python service raises them. */
final class PythonErrors {

    private PythonErrors() {}

    static Thrown of(Failure failure, String code, int variant) {
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
            case BAD_DATA ->
                python(
                        code,
                        "ValueError",
                        "time data '0000-00-00' does not match format '%Y-%m-%d'",
                        "/app/" + code + "/records.py\", line 58, in parse");
            case FLAGGED_BUG ->
                python(
                        code,
                        "IndexError",
                        "list index out of range",
                        "/app/" + code + "/experiments.py\", line 41, in variant");
            case DISK_FULL ->
                python(
                        code,
                        "OSError",
                        "[Errno 28] No space left on device: '/var/lib/" + code + "/spool/batch.tmp'",
                        "/app/" + code + "/spool.py\", line 27, in write");
            case DEVICE ->
                python(
                        code,
                        "OSError",
                        "[Errno 5] Input/output error: '/var/lib/" + code + "/index.bin'",
                        "/app/" + code + "/files.py\", line 19, in read");
            case DNS ->
                python(
                        code,
                        "socket.gaierror",
                        "[Errno -3] Temporary failure in name resolution: '" + peer + "'",
                        http);
            case CERTIFICATE ->
                python(
                        code,
                        "ssl.SSLCertVerificationError",
                        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)",
                        http);
            case UNAUTHORIZED ->
                python(
                        code,
                        "requests.exceptions.HTTPError",
                        "401 Client Error: Unauthorized for url: http://" + peer + ":8080"
                                + JavaErrors.path(failure.operation()),
                        http);
            case THROTTLED ->
                python(
                        code,
                        peer.startsWith("smtp") ? "smtplib.SMTPDataError" : "requests.exceptions.HTTPError",
                        peer.startsWith("smtp")
                                ? "(451, b'4.7.1 Rate limit exceeded, try again later')"
                                : "429 Client Error: Too Many Requests for url: https://" + peer,
                        http);
            case UNREACHABLE ->
                python(
                        code,
                        "requests.exceptions.ConnectTimeout",
                        "HTTPConnectionPool(host='" + peer
                                + "', port=8080): Max retries exceeded: Connection timed out. (connect timeout=3.0)",
                        http);
            case CIRCUIT_OPEN ->
                python(
                        code,
                        "pybreaker.CircuitBreakerError",
                        "Timeout not elapsed yet, circuit breaker still open for " + peer,
                        http);
            case POISON ->
                python(
                        code,
                        "json.decoder.JSONDecodeError",
                        "Expecting ',' delimiter: line 1 column 873 (char 872)",
                        "/app/" + code + "/messages.py\", line 31, in decode");
            case STARTUP ->
                python(code, "KeyError", "'SIGNING_KEY'", "/app/" + code + "/settings.py\", line 12, in load");
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
}
