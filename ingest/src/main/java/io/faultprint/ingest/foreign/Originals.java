package io.faultprint.ingest.foreign;

/**
 * The events of one record, each by itself as the topic could hold it: what is sent again is then what was refused, and
 * none of its neighbours.
 */
public interface Originals {

    /**
     * The bytes of a record with this event alone.
     *
     * @param index which of the record's events, from 0
     * @param request an OTLP request in protobuf with this event alone, as the normaliser refused it
     */
    byte[] of(int index, byte[] request);
}
