package io.faultprint.ingest;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Bytes on a connection that no HTTP client would send.
 *
 * @param status how it is answered
 * @param says what the answer must hold
 */
record RawRequest(String name, String request, String status, String says) {

    private static final String HEAD = "POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n";

    static Stream<RawRequest> all() {
        return Stream.of(
                new RawRequest("GET", "GET /v1/logs HTTP/1.1\r\nHost: x\r\n\r\n", "405", "Allow: POST"),
                new RawRequest("no HTTP", "what is this\r\n\r\n", "505", "Unknown Version"),
                new RawRequest(
                        "a TLS hello",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
                        "400",
                        "Illegal character"),
                new RawRequest("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "426", "Upgrade Required"),
                new RawRequest("no host", "POST /v1/logs HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "400", "Host"),
                new RawRequest(
                        "two lengths", HEAD + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "400", "ontent-"),
                new RawRequest("a negative length", HEAD + "Content-Length: -5\r\n\r\n", "400", "ontent-"),
                new RawRequest("a length that is none", HEAD + "Content-Length: ten\r\n\r\n", "400", "ontent-"),
                new RawRequest(
                        "a length and chunks",
                        HEAD + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "400",
                        ""),
                new RawRequest("an unknown transfer coding", HEAD + "Transfer-Encoding: odd\r\n\r\n", "400", ""),
                new RawRequest(
                        "a chunk of no length",
                        HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                        "400",
                        "its chunks are no HTTP"),
                new RawRequest("a head without end", HEAD + "X: " + "y".repeat(20_000) + "\r\n\r\n", "431", ""),
                new RawRequest(
                        "a path without end",
                        "POST /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        "414",
                        ""),
                new RawRequest(
                        "a body too long that waits for leave",
                        HEAD + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n",
                        "413",
                        ""),
                new RawRequest(
                        "an expectation that is none",
                        HEAD + "Expect: miracles\r\nContent-Length: 0\r\n\r\n",
                        "417",
                        ""));
    }

    /** A body without an end cannot be told from a sender that has gone. */
    String counted() {
        return name.equals("a chunk of no length") ? "none" : status;
    }

    byte[] bytes() {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
