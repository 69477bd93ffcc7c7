package io.faultprint.ingest.otlp;

import com.google.protobuf.Message;
import java.util.List;

/** What became of the bytes of one request. */
public sealed interface Decoded {

    /**
     * A request, without the records that were spoiled.
     *
     * @param message the signal's {@code Export…ServiceRequest}
     * @param spoiled records that could not be read though their neighbours could
     */
    record Request(Message message, List<Spoiled> spoiled) implements Decoded {
        public Request {
            spoiled = List.copyOf(spoiled);
        }

        /** The message for people, in protobuf's text form. */
        public String text() {
            return message.toString();
        }
    }

    /**
     * Bytes in which no record can be told from the next.
     *
     * @param why for the sender, one line
     */
    record Undecodable(String why) implements Decoded {}

    /**
     * More parts than one request may have, of which nothing was kept.
     *
     * @param why for the sender, one line
     */
    record TooMany(String why) implements Decoded {}

    /** There was no memory for all its parts just now. */
    record NoRoom() implements Decoded {}

    /**
     * One record that could not be read.
     *
     * @param original a whole request with this record alone, with its resource and scope, in the encoding it came in
     * @param why what is wrong with it, one line
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to Kafka as it is, never compared
    record Spoiled(byte[] original, String why) {}
}
