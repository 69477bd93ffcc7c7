package io.faultprint.diagnose.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AroundTest {

    private static final long FROM = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
    private static final long TO = Instant.parse("2026-01-05T08:20:00Z").toEpochMilli();

    @Test
    void theTimesOfALinkContainWhatItLeadsTo() {
        assertThat(Around.of("cart", FROM, TO))
                .isEqualTo("_g=(time:(from:'2026-01-05T07:45:00Z',to:'2026-01-05T08:35:00Z'))"
                        + "&_a=(query:(language:lucene,query:'service%3A%22cart%22'))");
    }

    @Test
    void whatGoesOnIsShownUpToWhenItIsLookedAt() {
        assertThat(Around.of(null, FROM, null)).isEqualTo("_g=(time:(from:'2026-01-05T07:45:00Z',to:now))");
    }

    @Test
    void anEndBeforeTheBeginningStillGivesATime() {
        assertThat(Around.of(null, FROM, 0L)).endsWith("to:'2026-01-05T08:15:00Z'))");
    }

    @Test
    void aNameWithSignsOfTheAddressOrTheQueryStaysAName() {
        String state = URLDecoder.decode(Around.of("o'brien! \"a\\b\" & c", FROM, TO), UTF_8);

        assertThat(state).endsWith("query:'service:\"o!'brien!! \\\"a\\\\b\\\" & c\"'))");
        assertThat(Around.of("a&b#c", FROM, TO)).doesNotContain("a&b").contains("a%26b%23c");
    }
}
