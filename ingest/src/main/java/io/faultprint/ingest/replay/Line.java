package io.faultprint.ingest.replay;

import com.google.protobuf.Message;
import io.faultprint.ingest.normalise.Cause;
import io.faultprint.ingest.normalise.DeclaredChange;
import io.faultprint.ingest.otlp.Decoded;
import java.util.List;

/**
 * One recorded line, read.
 *
 * @param place file and line number, for people: {@code telemetry.jsonl:17}
 * @param file position of its file in the order given
 * @param number its line number, from 1
 * @param time its earliest event time, epoch milliseconds; where it names none, that of the line before
 * @param bytes how long it is
 * @param content what stood in it
 */
record Line(String place, int file, long number, long time, int bytes, Content content) {

    /** What a line held. */
    sealed interface Content {}

    /** An OTLP request. */
    record Request(Message message, List<Decoded.Spoiled> spoiled) implements Content {}

    /** Changes. */
    record Changes(List<DeclaredChange> changes) implements Content {
        Changes {
            changes = List.copyOf(changes);
        }
    }

    /** Nothing that could be read. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to Kafka as it is, never compared
    record Bad(Cause cause, String why, byte[] original) implements Content {}

    static int order(Line a, Line b) {
        int byTime = Long.compare(a.time, b.time);
        int byFile = byTime != 0 ? byTime : Integer.compare(a.file, b.file);
        return byFile != 0 ? byFile : Long.compare(a.number, b.number);
    }
}
