package io.faultprint.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.letter.Letter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A letter as it stands in its topic, without its bytes: a list of many must not hold them all.
 *
 * @param time when it was appended, epoch milliseconds
 * @param size bytes of the value; -1 when there is none
 * @param redriven which letter this one is the return of, and the how manyth; null for one that came by itself
 */
public record StoredLetter(
        LetterId id,
        long time,
        @Nullable String key,
        int size,
        LetterHeaders headers,
        Origin origin,
        @Nullable Redriven redriven) {

    /** What a batch id of ours looks like; ingest hands it back in the letter of what it refuses again. */
    private static final Pattern BATCH = Pattern.compile("faultprint-redrive/(\\d+-\\d+)/(\\d{1,9})");

    /** That a record was sent again before it became this letter. */
    public record Redriven(String from, long count) {}

    /** The letter in a record of its topic. */
    public static StoredLetter of(ConsumerRecord<byte[], byte[]> record) {
        LetterHeaders headers = LetterHeaders.of(record.headers());
        return new StoredLetter(
                new LetterId(record.partition(), record.offset()),
                record.timestamp(),
                record.key() == null ? null : new String(record.key(), UTF_8),
                record.value() == null ? -1 : record.value().length,
                headers,
                headers.origin(),
                redriven(headers));
    }

    /** The batch id under which a letter is sent to a door again. */
    static String batch(LetterId id, long count) {
        return "faultprint-redrive/" + id + "/" + count;
    }

    public String stage() {
        return headers.text(Letter.STAGE).orElse("?");
    }

    public String cause() {
        return headers.text(Letter.CAUSE).orElse("?");
    }

    public String message() {
        return headers.text(Letter.MESSAGE).orElse("(its headers do not say why)");
    }

    /** Bytes of the original that are not there any more. */
    public long cut() {
        return Math.max(
                headers.number(Letter.CUT).orElse(0),
                headers.number(Letter.CUT_KEY).orElse(0));
    }

    private static @Nullable Redriven redriven(LetterHeaders headers) {
        Optional<String> from = headers.text(Letter.REDRIVEN_FROM);
        if (from.isPresent()) {
            return new Redriven(
                    from.get(), headers.number(Letter.REDRIVEN_COUNT).orElse(1));
        }
        Matcher batch = BATCH.matcher(headers.text(Letter.BATCH).orElse(""));
        return batch.matches() ? new Redriven(batch.group(1), Long.parseLong(batch.group(2))) : null;
    }
}
