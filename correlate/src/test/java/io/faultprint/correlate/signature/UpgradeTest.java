package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradeTest {

    private final Masker masker = new Masker();

    private static Signature old(long order, String id, String founding, String template) {
        return new Signature(id, order, MaskedLine.Kind.LINE, founding, template);
    }

    /** Without the lines there are only the masked ones: these must give what the lines would. */
    @Test
    void aMaskedLineMaskedAgainIsItself() throws IOException {
        List<LabelledLine> lines = LabelledLine.all();

        List<String> otherwise = lines.stream()
                .map(line -> masker.mask(line.text()).text())
                .filter(masked -> !masker.mask(masked).text().equals(masked))
                .distinct()
                .toList();

        assertThat(otherwise).hasSizeLessThanOrEqualTo(lines.size() / 50);
    }

    @Test
    void whatWasKnownGoesOnUnderANewId() {
        Signature widened = old(3, "sig1-a", "caller is com.example.mail waiting", "caller is <*> waiting");

        Upgrade upgrade = Upgrade.of(List.of(widened), SteeringRules.NONE, 10);

        MaskedLine founding = masker.mask("caller is com.example.mail waiting");
        assertThat(upgrade.signatures())
                .containsExactly(new Signature(
                        Signature.idOf(founding), 3, MaskedLine.Kind.LINE, founding.text(), "caller is <*> waiting"));
        assertThat(upgrade.aliases()).containsExactly(new Alias("sig1-a", Signature.idOf(founding), 10));
    }

    @Test
    void aHeaderThatTheOldVersionMaskedIsSetApart() {
        Signature raw = old(1, "sig1-a", "<time> INFO <num> --- [<id>] c.e.Cart : Cart <num> updated", "x");

        assertThat(Upgrade.of(List.of(raw), SteeringRules.NONE, 10).signatures())
                .extracting(Signature::founding)
                .containsExactly(
                        masker.mask("2026-03-12 10:11:12.345  INFO 1 --- [exec-3] c.e.Cart   : Cart 8812 updated")
                                .text());
    }

    @Test
    void whatOnlyTheOldVersionToldApartIsOneAndTheOlderStands() {
        Signature first = old(1, "sig1-a", "no queue 'orders' left", "no queue 'orders' left");
        Signature second = old(2, "sig1-b", "no queue 'carts' left", "no queue 'carts' left");

        Upgrade upgrade = Upgrade.of(List.of(second, first), SteeringRules.NONE, 10);

        assertThat(upgrade.signatures())
                .singleElement()
                .extracting(Signature::order)
                .isEqualTo(1L);
        assertThat(upgrade.aliases()).extracting(Alias::id).containsExactly("sig1-a", "sig1-b");
    }

    @Test
    void signaturesOfThisVersionStayAsTheyAre() {
        Signature now = Signature.born(masker.mask("moved 1 file"), 5);

        assertThat(Upgrade.isDue(List.of(now))).isFalse();
        assertThat(Upgrade.of(
                        List.of(now, old(1, "sig1-a", "moved <num> file", "moved <num> file")), SteeringRules.NONE, 9))
                .isEqualTo(new Upgrade(List.of(now), List.of(new Alias("sig1-a", now.id(), 9))));
    }
}
