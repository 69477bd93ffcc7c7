package io.faultprint.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultprint.letter.Letter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Headers as text. Anybody can write into the topic: a header may be missing, doubled, or no text.
 *
 * @param texts the last of each name; what is not UTF-8 as {@code 0x…}
 */
public record LetterHeaders(Map<String, String> texts) {

    static LetterHeaders of(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), text(header.value()));
        }
        return new LetterHeaders(texts);
    }

    /** A header; empty when it is missing. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** A header that is a number; empty when it is missing or none. */
    OptionalLong number(String name) {
        String text = texts.getOrDefault(name, "");
        return text.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    Origin origin() {
        Optional<String> topic = text(Letter.TOPIC);
        if (topic.isPresent()) {
            OptionalLong partition = number(Letter.PARTITION);
            OptionalLong offset = number(Letter.OFFSET);
            if (partition.isEmpty() || offset.isEmpty() || partition.getAsLong() > Integer.MAX_VALUE) {
                return new Origin.Unknown(
                        "its headers name topic " + topic.get() + " but no partition and offset there");
            }
            return partition.getAsLong() < 0
                    ? new Origin.Unwritten(topic.get())
                    : new Origin.Place(topic.get(), (int) partition.getAsLong(), offset.getAsLong());
        }
        Optional<String> place = text(Letter.PLACE);
        return place.isPresent()
                ? new Origin.Door(
                        text(Letter.DOOR).orElse("?"),
                        place.get(),
                        text(Letter.CONTENT_TYPE).orElse(""))
                : new Origin.Unknown("its headers name neither a topic nor a place");
    }

    private static String text(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException notText) {
            return "0x" + HexFormat.of().formatHex(value);
        }
    }
}
