package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteeringRulesTest {

    private static final SteeringRules RULES =
            SteeringRules.of("acme, tenant-*, *.corp", "primary, node7, GET, 404", "health check | GET */livez");

    private final LineSigner signer = new LineSigner(SignatureLimits.DEFAULT, RULES);

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            quota of acme is spent~quota of <val> is spent
            quota of acmecorp is spent~quota of acmecorp is spent
            quota of tenant-blue: spent~quota of <val>: spent
            mail.corp is up, tenant- too~<val> is up, <val> too
            role=primary, peer=node7~role=primary, peer=node7
            role=secondary, peer=node8~role=<val>, peer=<val>
            joined by node7 and node8~joined by node7 and <id>
            answered 404 to "primary"~answered 404 to "primary"
            """)
    void wordsAreMaskedOrKeptWhereverTheyStand(String line, String masked) {
        assertThat(new Masker(RULES).mask(line).text()).isEqualTo(masked);
    }

    @Test
    void wordsOfOneMaskMeet() {
        assertThat(signer.sign("quota of tenant-blue is spent")).isEqualTo(signer.sign("quota of acme is spent"));
    }

    @Test
    void noCrowdMergesAWordThatIsKept() {
        String kept = signer.sign("leader of shard is primary now");
        IntStream.range(0, 20).forEach(i -> signer.sign("leader of shard is " + (char) ('a' + i) + "x now"));

        assertThat(signer.current(signer.sign("leader of shard is zx now"))).isNotEqualTo(signer.current(kept));
        assertThat(signer.template(kept)).isEqualTo("leader of shard is primary now");
        assertThat(signer.template(signer.sign("leader of shard is zx now"))).isEqualTo("leader of shard is <*> now");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            12:00:01 health check took 3 ms~true
            "GET /api/livez" 200~true
            "GET /api/readyz" 200~false
            "POST /livez" 200~false
            healthcheck took 3 ms~false
            """)
    void aLineIsLeftOutWhereAPhraseIsInIt(String line, boolean ignored) {
        assertThat(signer.ignores(line)).isEqualTo(ignored);
    }

    @Test
    void withoutRulesNothingIsLeftOut() {
        assertThat(new Masker().ignores("health check")).isFalse();
        assertThat(SteeringRules.NONE.steers()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            *, ``, ``, would mask every word
            a*b*c, ``, ``, has more than one *
            a b, ``, ``, is more than one word
            k=v, ``, ``, '=' ends one in a line
            ``, a*, ``, name each word
            red, red, ``, take it out of one of the two
            ``, ``, **, would leave out nearly every line
            ``, ``, ab, at least three characters
            """)
    void whatMakesNoSenseIsRefused(String always, String never, String ignore, String mend) {
        assertThatThrownBy(() -> SteeringRules.of(always, never, ignore)).hasMessageContaining(mend);
    }

    @Test
    void listsAreBounded() {
        String many =
                String.join(",", IntStream.range(0, 201).mapToObj(i -> "w" + i).toList());

        assertThat(SteeringRules.mendOfAlwaysMask(many)).isEqualTo("201 words; at most 200");
        assertThat(SteeringRules.mendOfAlwaysMask("x".repeat(101))).contains("101 characters; at most 100");
        assertThat(SteeringRules.mendOfIgnore("x".repeat(301))).contains("301 characters; at most 300");
        assertThat(SteeringRules.mendOfIgnore(many.replace("w", "phrase").replace(',', '|')))
                .contains("201 phrases");
    }
}
