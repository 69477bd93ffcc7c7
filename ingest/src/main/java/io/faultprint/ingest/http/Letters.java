package io.faultprint.ingest.http;

import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.Outcome;
import io.faultprint.ingest.normalise.Source;
import io.faultprint.ingest.produce.DeadLetter;

/** The dead letters of this door. */
final class Letters {

    private Letters() {}

    /** Of a body that nothing can be made of. */
    static DeadLetter whole(String why, byte[] bytes, Cause cause, Encoding encoding, Source source, String path) {
        return new DeadLetter(
                cause,
                why,
                source.door(),
                "POST " + path,
                0,
                source.now(),
                encoding.contentType(),
                "",
                bytes,
                BatchId.key(source.batchId()));
    }

    /** Of one record. */
    static DeadLetter record(Outcome.Rejected rejected, Encoding encoding, Source source, String path) {
        return new DeadLetter(
                rejected.cause(),
                rejected.message(),
                source.door(),
                "POST " + path,
                rejected.index(),
                source.now(),
                encoding.contentType(),
                rejected.key(),
                rejected.original(),
                BatchId.key(source.batchId()));
    }
}
