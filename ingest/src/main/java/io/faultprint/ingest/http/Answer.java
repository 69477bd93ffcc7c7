package io.faultprint.ingest.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is answered. */
@SuppressWarnings("ArrayRecordComponent") // bytes for the wire, never compared
record Answer(int status, Encoding encoding, byte[] body) {

    /** google.rpc.Code, as OTLP's answers carry it. */
    static final int INVALID_ARGUMENT = 3;

    static final int DEADLINE_EXCEEDED = 4;
    static final int NOT_FOUND = 5;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int UNAVAILABLE = 14;

    private static final String RETRY_AFTER_SECONDS = "2";

    /** Messages quote what was sent; an answer stays small. */
    private static final int LONGEST_MESSAGE = 1000;

    static Answer problem(int status, Encoding encoding, int code, String message) {
        String cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        return new Answer(status, encoding, encoding.status(code, cut));
    }

    static Answer overloaded(Encoding encoding, String why) {
        return problem(503, encoding, UNAVAILABLE, why + "; send the same again later");
    }

    /** Writes it without waiting for a sender that does not read. */
    void write(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, encoding.contentType());
        if (status == 408) {
            // What still comes of that body would be taken for the next request.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (status == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
