package io.faultprint.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {

    @Test
    void theLongLivedRunHasPlainNames() {
        assertThat(Run.MAIN.topic("logs")).isEqualTo("faultprint.logs");
        assertThat(Run.MAIN.application("signals")).isEqualTo("faultprint-signals");
        assertThat(Run.MAIN.index("incidents")).isEqualTo("faultprint-incidents");
    }

    @Test
    void everyOtherRunHasNamesOfItsOwn() {
        Run replay = new Run("shop", "replay-1");

        assertThat(replay.topic("logs")).isEqualTo("shop.replay-1.logs");
        assertThat(replay.application("signals")).isEqualTo("shop-replay-1-signals");
        assertThat(replay.index("incidents")).isEqualTo("shop-replay-1-incidents");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Shop",
                "shop.eu",
                "-shop",
                "shop_1",
                "żółć",
                "a/b",
                " shop",
                "a123456789012345678901234567890123456789012345678901234567890123"
            })
    void aPrefixThatNoTopicOrIndexMayHaveIsRefused(String prefix) {
        assertThatThrownBy(() -> new Run(prefix, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix '" + prefix + "': use lower-case letters, digits and dashes (default faultprint)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "1.2", "-1", "a b"})
    void aRunIdIsHeldToTheSame(String id) {
        assertThatThrownBy(() -> new Run("faultprint", id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("run '" + id + "': use lower-case letters, digits and dashes");
    }

    @Test
    void eachTopicHasTheCountOfItsGroup() {
        Partitions partitions = new Partitions(4, 1);

        assertThat(partitions.of(Topics.LOGS)).isEqualTo(4);
        assertThat(partitions.of(Topics.SNAPSHOTS)).isEqualTo(4);
        assertThat(partitions.of(Topics.DIGESTS)).isEqualTo(1);
        assertThat(partitions.of(Topics.FEEDBACK)).isEqualTo(1);
    }

    @Test
    void aCountBelowOneIsRefused() {
        assertThatThrownBy(() -> new Partitions(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitions 0 and 1: each count must be 1 or more");
        assertThatThrownBy(() -> new Partitions(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
