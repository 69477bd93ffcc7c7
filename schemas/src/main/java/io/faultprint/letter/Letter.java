package io.faultprint.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A refused record on its way to {@code dead-letters} or {@code late}: its original bytes, and beside its own headers
 * those that say why and whence. Whatever was refused, the letter fits into a topic with Kafka's usual limit of a
 * mebibyte: a letter that Kafka refuses would stop its stage for good.
 *
 * @param key the record's own, cut where it is longer than {@link #LONGEST_KEY}
 * @param value the original bytes, cut where they are longer than {@link #LONGEST}; null where there were none
 * @param headers the record's own as far as there is room, and {@code faultprint.*}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to Kafka as it is, never compared
public record Letter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

    /** Bytes of the original that are kept; {@link #CUT} says how many are not. */
    public static final int LONGEST = 900 << 10;

    /** Bytes of the key that are kept. */
    public static final int LONGEST_KEY = 16 << 10;

    public static final String PREFIX = "faultprint.";
    public static final String STAGE = PREFIX + "stage";
    public static final String CAUSE = PREFIX + "cause";
    public static final String MESSAGE = PREFIX + "message";
    public static final String TOPIC = PREFIX + "topic";
    public static final String PARTITION = PREFIX + "partition";
    public static final String OFFSET = PREFIX + "offset";
    /** When the source had it: the broker's time for a topic, the receipt for a door; epoch milliseconds. */
    public static final String TIME = PREFIX + "time";
    /** By how many bytes the value was cut. */
    public static final String CUT = PREFIX + "cut-bytes";
    /** By how many bytes the key was cut. */
    public static final String CUT_KEY = PREFIX + "cut-key-bytes";
    /** Of ingest: the record's own key, as bytes, where the letter's cannot be it because it is no text. */
    public static final String KEY = PREFIX + "key";
    /** How many headers of the original had no room. */
    public static final String CUT_HEADERS = PREFIX + "cut-headers";

    /** On a record that was sent again: the id of the letter, {@code partition-offset} in dead-letters. */
    public static final String REDRIVEN_FROM = PREFIX + "redriven-from";
    /** On a record that was sent again: for the how manyth time, from 1. */
    public static final String REDRIVEN_COUNT = PREFIX + "redriven-count";

    /** Of ingest: which door, where there, at which position, and what the bytes are. */
    public static final String DOOR = PREFIX + "door";

    public static final String PLACE = PREFIX + "place";
    public static final String INDEX = PREFIX + "index";
    public static final String CONTENT_TYPE = PREFIX + "content-type";
    /** Of ingest: the sender's {@code Idempotency-Key}, where it gave one. */
    public static final String BATCH = PREFIX + "batch";

    /**
     * On a record in dead-letters that is no letter but a mark: which letter was sent again. It has no value, stands in its
     * letter's partition, and carries {@link #REDRIVEN_COUNT}, {@link #MARK_STATE} and {@link #TIME}.
     */
    public static final String MARK = PREFIX + "redriven";
    /** Of a mark: {@code begun} before and {@code sent} or {@code returned} after an attempt. */
    public static final String MARK_STATE = PREFIX + "redriven-state";

    private static final int LONGEST_MESSAGE = 1_000;
    private static final int OWN_HEADERS = 16 << 10;

    /**
     * Where a refused record stood.
     *
     * @param time its record time, epoch milliseconds
     */
    public record Source(String topic, int partition, long offset, long time) {}

    /** The letter of a record that a stage refuses. */
    public static Letter of(
            String stage,
            Refusal refusal,
            Source source,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<Header> own) {
        Headers headers = kept(own);
        add(headers, STAGE, stage);
        add(headers, CAUSE, refusal.cause().name());
        add(headers, MESSAGE, cut(refusal.message()));
        add(headers, TOPIC, source.topic());
        add(headers, PARTITION, Integer.toString(source.partition()));
        add(headers, OFFSET, Long.toString(source.offset()));
        add(headers, TIME, Long.toString(source.time()));
        return new Letter(cut(key, LONGEST_KEY, CUT_KEY, headers), cut(value, LONGEST, CUT, headers), headers);
    }

    /** Adds a header of ours. */
    public static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** A message in one line of bounded length. */
    public static String cut(String message) {
        String line = message.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int longest, String name, Headers headers) {
        if (bytes == null || bytes.length <= longest) {
            return bytes;
        }
        add(headers, name, Integer.toString(bytes.length - longest));
        return Arrays.copyOf(bytes, longest);
    }

    /**
     * What a letter keeps of its record's headers, as far as there is room. Of ours only what tells that it was sent again:
     * a sender must not write our reasons for us.
     */
    public static Headers kept(Iterable<Header> own) {
        Headers headers = new RecordHeaders();
        int room = OWN_HEADERS;
        int left = 0;
        for (Header header : own) {
            if (header.key().startsWith(PREFIX)
                    && !header.key().equals(REDRIVEN_FROM)
                    && !header.key().equals(REDRIVEN_COUNT)) {
                continue;
            }
            int size = header.key().length() + (header.value() == null ? 0 : header.value().length) + 16;
            if (size <= room) {
                headers.add(header);
                room -= size;
            } else {
                left++;
            }
        }
        if (left > 0) {
            add(headers, CUT_HEADERS, Integer.toString(left));
        }
        return headers;
    }
}
