package io.faultprint.local.letters;

import io.faultprint.letter.Letter;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * That a letter was sent again: a record without value in the letter's own partition, so that it lives at least as long
 * as the letter, and is written in one transaction with what was sent.
 *
 * @param letter the letter's id
 * @param count for the how manyth time, from 1
 */
record Mark(String letter, long count, State state) {

    enum State {
        /** It is about to be sent to a door, which no transaction spans: whether it was, the next mark says. */
        BEGUN,
        SENT,
        /** The door did not take it. */
        RETURNED
    }

    static boolean isOne(LetterHeaders headers) {
        return headers.texts().containsKey(Letter.MARK);
    }

    static Optional<Mark> of(LetterHeaders headers) {
        String state = headers.text(Letter.MARK_STATE).orElse("").toUpperCase(Locale.ROOT);
        for (State each : State.values()) {
            if (each.name().equals(state)) {
                return headers.text(Letter.MARK)
                        .map(letter -> new Mark(
                                letter, headers.number(Letter.REDRIVEN_COUNT).orElse(1), each));
            }
        }
        return Optional.empty();
    }

    ProducerRecord<byte[], byte[]> record(String topic, LetterId id, long now) {
        Headers headers = new RecordHeaders();
        Letter.add(headers, Letter.MARK, letter);
        Letter.add(headers, Letter.MARK_STATE, state.name().toLowerCase(Locale.ROOT));
        Letter.add(headers, Letter.REDRIVEN_COUNT, Long.toString(count));
        Letter.add(headers, Letter.TIME, Long.toString(now));
        return new ProducerRecord<>(topic, id.partition(), (Long) null, null, null, headers);
    }
}
