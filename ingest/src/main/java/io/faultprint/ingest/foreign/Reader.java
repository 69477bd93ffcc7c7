package io.faultprint.ingest.foreign;

import io.faultprint.ingest.otlp.Decoded;

/** Makes an OTLP request of one record of a foreign topic; never throws for what stands in it. */
public interface Reader {

    /** What the record says: a request with all of its events, or why there is none. */
    Decoded read(ForeignRecord record);

    /** The same, telling where each field goes; formats without fields of their own tell nothing. */
    default Decoded read(ForeignRecord record, Trace trace) {
        return read(record);
    }

    /** Each of its events alone, in the form of the topic. Only of a record that {@link #read} made a request of. */
    default Originals originals(ForeignRecord record) {
        return (index, request) -> record.value();
    }
}
