package io.faultprint.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

    @Test
    void partsAreJoinedBySlashes() {
        assertThat(Keys.service("prod-eu", "cart")).isEqualTo("prod-eu/cart");
        assertThat(Keys.trace("prod-eu", "4bf92f35")).isEqualTo("prod-eu/4bf92f35");
        assertThat(Keys.id("prod-eu", "inc1-00")).isEqualTo("prod-eu/inc1-00");
        assertThat(Keys.signature("prod-eu", "cart", "sig1-00")).isEqualTo("prod-eu/cart/sig1-00");
    }

    @ParameterizedTest
    @CsvSource({"prod-eu, prod-eu", "a/b, a%2Fb", "a%2Fb, a%252Fb", "%, %25", "/, %2F", "100%/2, 100%25%2F2"})
    void anEnvironmentNeverLooksLikeTwoParts(String environment, String escaped) {
        assertThat(Keys.escapeEnvironment(environment)).isEqualTo(escaped);
    }

    @Property(tries = 500)
    void theEnvironmentOfAKeyIsFoundWhateverTheServiceIsCalled(@ForAll String environment, @ForAll String service) {
        String escaped = Keys.escapeEnvironment(environment);

        assertThat(Keys.environmentOf(Keys.service(escaped, service))).isEqualTo(escaped);
        assertThat(Keys.environmentOf(escaped)).isEqualTo(escaped);
        assertThat(escaped.replace("%2F", "/").replace("%25", "%")).isEqualTo(environment);
    }

    @Property(tries = 1000)
    void thePartitionIsThatOfKafkasDefaultPartitioner(
            @ForAll String key, @ForAll @IntRange(min = 1, max = 64) int count) {
        int kafkas = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), count);

        assertThat(Keys.partition(key, count)).isEqualTo(kafkas).isBetween(0, count - 1);
    }

    /** Moving a key would part it from its state, so these are kept for ever. */
    @ParameterizedTest
    @CsvSource({"prod-eu/cart, 46", "prod-eu/payment, 53", "default/żółć, 16", "'', 25"})
    void partitionsStayAsTheyWere(String key, int of64) {
        assertThat(Keys.partition(key, 64)).isEqualTo(of64);
    }
}
