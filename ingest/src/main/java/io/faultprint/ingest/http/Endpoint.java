package io.faultprint.ingest.http;

import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.otlp.Parts;
import io.faultprint.ingest.produce.Delivery;
import org.jspecify.annotations.Nullable;

/** What is behind one path: which content types it takes, and what it makes of a whole body. */
interface Endpoint {

    /** The encoding of a request with this Content-Type; null when the endpoint does not take it. */
    @Nullable
    Encoding encoding(@Nullable String contentType);

    /** The content types that it takes, for the sender. */
    String wanted();

    /**
     * Puts the records of a body into the delivery.
     *
     * @param parts asked before memory is taken for what is in the body
     * @return the answer once Kafka has them
     */
    Answer take(byte[] body, Encoding encoding, Source source, Parts parts, Delivery delivery);
}
