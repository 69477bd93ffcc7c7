package io.faultprint.ingest.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.ingest.normalise.Cause;
import io.faultprint.letter.Letter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be used, on its way to {@code dead-letters}.
 *
 * @param cause the short code
 * @param message for people, one line
 * @param door the door it came in by
 * @param place where exactly: {@code POST /v1/logs} or {@code telemetry.jsonl:17}
 * @param index position within the request or line
 * @param time when it was received, epoch milliseconds
 * @param contentType what the bytes are
 * @param key the key it would have had, as far as that is known
 * @param bytes the original
 * @param batch the sender's id of its batch, where it gave one
 * @param stood where it stood in a topic; null for what came otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to Kafka as it is, never compared
public record DeadLetter(
        Cause cause,
        String message,
        String door,
        String place,
        int index,
        long time,
        String contentType,
        String key,
        byte[] bytes,
        @Nullable String batch,
        @Nullable Coordinates stood) {

    /**
     * A place in a topic.
     *
     * @param key the key of the record there
     * @param own its headers
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to Kafka as it is, never compared
    public record Coordinates(String topic, int partition, long offset, byte @Nullable [] key, Headers own) {

        /** As much of the key as a letter has room for, where text is not all that it is. */
        byte @Nullable [] rawKey() {
            return key == null || isText(key) ? null : Arrays.copyOf(key, Math.min(key.length, Letter.LONGEST_KEY));
        }

        private static boolean isText(byte[] key) {
            return key.length <= Letter.LONGEST_KEY && Arrays.equals(key, new String(key, UTF_8).getBytes(UTF_8));
        }

        int cutKey() {
            return key == null ? 0 : Math.max(0, key.length - Letter.LONGEST_KEY);
        }
    }

    /** One that did not stand in a topic. */
    public DeadLetter(
            Cause cause,
            String message,
            String door,
            String place,
            int index,
            long time,
            String contentType,
            String key,
            byte[] bytes,
            @Nullable String batch) {
        this(cause, message, door, place, index, time, contentType, key, bytes, batch, null);
    }

    /** One without a batch. */
    public DeadLetter(
            Cause cause,
            String message,
            String door,
            String place,
            int index,
            long time,
            String contentType,
            String key,
            byte[] bytes) {
        this(cause, message, door, place, index, time, contentType, key, bytes, null, null);
    }

    /** Kafka refuses records of a mebibyte; what is longer is cut, and says so. */
    static final int LONGEST = 900 << 10;

    private static final int LONGEST_MESSAGE = 1000;

    byte[] value() {
        return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
    }

    /** The key of its record: none where its own had none, and what is longer than a letter has room for is cut. */
    @Nullable
    String recordKey() {
        if (stood == null || stood.cutKey() == 0) {
            return stood != null && stood.key() == null ? null : key;
        }
        return key.substring(0, Math.min(key.length(), Letter.LONGEST_KEY / 4));
    }

    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        if (stood != null) {
            Letter.kept(stood.own()).forEach(headers::add);
            add(headers, "topic", stood.topic());
            add(headers, "partition", Integer.toString(stood.partition()));
            add(headers, "offset", Long.toString(stood.offset()));
            byte[] raw = stood.rawKey();
            if (raw != null) {
                headers.add(new RecordHeader(Letter.KEY, raw));
            }
            if (stood.cutKey() > 0) {
                headers.add(new RecordHeader(
                        Letter.CUT_KEY, Integer.toString(stood.cutKey()).getBytes(UTF_8)));
            }
        }
        add(headers, "stage", "ingest");
        add(headers, "cause", cause.name());
        add(headers, "message", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        add(headers, "door", door);
        add(headers, "place", place);
        add(headers, "index", Integer.toString(index));
        add(headers, "time", Long.toString(time));
        add(headers, "content-type", contentType);
        if (batch != null) {
            add(headers, "batch", batch);
        }
        if (bytes.length > LONGEST) {
            add(headers, "cut-bytes", Integer.toString(bytes.length - LONGEST));
        }
        return headers;
    }

    private static void add(List<Header> headers, String name, String value) {
        headers.add(new RecordHeader("faultprint." + name, value.getBytes(UTF_8)));
    }
}
