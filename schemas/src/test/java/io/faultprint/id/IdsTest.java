package io.faultprint.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids are kept for ever: a changed value here is a break of everything stored. */
class IdsTest {

    @ParameterizedTest
    @CsvSource({
        "sig2, connection refused, sig2-0ec4d2610f682add",
        "inc1, prod-eu, inc1-43e41dfd57f58630",
        "clu1, żółć \uD83D\uDD25, clu1-e77a193c6fc5848a",
    })
    void idsStayAsTheyWere(String prefix, String field, String id) {
        assertThat(Ids.of(prefix, field)).isEqualTo(id);
    }

    @Test
    void anIdIsItsPrefixAndSixteenHexDigits() {
        assertThat(Ids.of(Ids.SIGNATURE, "a", "b")).matches("sig2-[0-9a-f]{16}");
        assertThat(Ids.of(Ids.INCIDENT, "a", "b")).isEqualTo("inc1-" + Ids.hash("a", "b"));
    }

    @Test
    void aFieldEntersAsItsLengthAndItsBytes() throws Exception {
        byte[] input = HexFormat.of().parseHex("00000002" + "c3a9" + "00000000" + "00000001" + "61");

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(input);

        assertThat(Ids.hash("é", "", "a")).isEqualTo(HexFormat.of().formatHex(digest, 0, 8));
    }

    @Test
    void whereAFieldEndsCounts() {
        assertThat(Ids.hash("ab", "c")).isNotEqualTo(Ids.hash("a", "bc")).isNotEqualTo(Ids.hash("abc"));
        assertThat(Ids.hash("a", "")).isNotEqualTo(Ids.hash("a")).isNotEqualTo(Ids.hash("", "a"));
        assertThat(Ids.hash()).isNotEqualTo(Ids.hash(""));
        assertThat(Ids.hash("a", "b")).isNotEqualTo(Ids.hash("b", "a"));
    }

    @Property(tries = 500)
    void aBoundaryMovedIsAnotherId(@ForAll String text, @ForAll @IntRange(max = 100) int at) {
        String whole = text + "x";
        int cut = at % whole.length();

        assertThat(Ids.hash(whole.substring(0, cut), whole.substring(cut))).isNotEqualTo(Ids.hash(whole, ""));
    }
}
