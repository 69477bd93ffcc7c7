package io.faultprint.ingest.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.ingest.normalise.Cause;
import io.faultprint.letter.Letter;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a letter of a foreign topic keeps of its record's key, so that it can be sent again under the same. */
class DeadLetterTest {

    private static DeadLetter letter(byte @Nullable [] key) {
        return new DeadLetter(
                Cause.NO_SERVICE,
                "why",
                "kafka:t",
                "t-0@7",
                0,
                1,
                "text/plain",
                key == null ? "" : new String(key, UTF_8),
                new byte[0],
                null,
                new DeadLetter.Coordinates("t", 0, 7, key, new RecordHeaders()));
    }

    private static List<Header> named(DeadLetter letter, String name) {
        return letter.headers().stream()
                .filter(header -> header.key().equals(name))
                .toList();
    }

    @Test
    void aKeyThatIsTextIsTheLettersAndNoneIsNone() {
        String text = "k\u00e9".repeat(5_000);

        assertThat(letter(text.getBytes(UTF_8)).recordKey()).isEqualTo(text);
        assertThat(named(letter(text.getBytes(UTF_8)), Letter.KEY)).isEmpty();
        assertThat(letter(null).recordKey()).isNull();
        assertThat(letter(new byte[0]).recordKey()).isEmpty();
    }

    @Test
    void aKeyThatIsNoTextIsKeptAsBytesBesideIt() {
        byte[] key = {0, (byte) 0xff, 1};

        assertThat(named(letter(key), Letter.KEY))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).isEqualTo(key));
        assertThat(named(letter(key), Letter.CUT_KEY)).isEmpty();
    }

    @Test
    void aKeyWithoutRoomIsCutAndSaysByHowMuch() {
        DeadLetter letter = letter("k".repeat(Letter.LONGEST_KEY + 5).getBytes(UTF_8));

        assertThat(letter.recordKey()).hasSizeLessThan(Letter.LONGEST_KEY);
        assertThat(named(letter, Letter.CUT_KEY))
                .singleElement()
                .satisfies(
                        header -> assertThat(new String(header.value(), UTF_8)).isEqualTo("5"));
    }
}
