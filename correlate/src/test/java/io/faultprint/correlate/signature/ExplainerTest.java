package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainerTest {

    private final LineSigner signer = new LineSigner(SignatureLimits.DEFAULT);

    @Test
    void itSaysWhatWasSetApartAndWhatWasMaskedWhy() {
        Explanation explanation =
                signer.explain("2026-03-12 10:11:12,345 WARN [main] c.e.Cart - user root from 10.0.0.1 has cart=7");

        assertThat(explanation.header())
                .extracting(Explanation.HeaderPart::kind)
                .containsExactly("time", "level", "thread", "logger");
        assertThat(explanation.variables())
                .containsExactly(
                        new Explanation.Variable("root", "<name>", "neighbours"),
                        new Explanation.Variable("10.0.0.1", "<ip>", "shape"),
                        new Explanation.Variable("7", "<val>", "place"));
        assertThat(explanation.path()).isEqualTo(Explanation.Path.NEW);
    }

    @Test
    void itSaysHowTheTreeFoundTheSignature() {
        signer.sign("caller is com.example.mail waiting");

        assertThat(signer.explain("caller is com.example.mail waiting").path()).isEqualTo(Explanation.Path.KNOWN);
        assertThat(signer.explain("caller is com.example.chat waiting").path()).isEqualTo(Explanation.Path.LIKE);
        assertThat(signer.explain("java.io.IOException: gone\n\tat a.B.c(B.java:1)")
                        .path())
                .isEqualTo(Explanation.Path.EXCEPTION);
    }

    @Test
    void itNamesTheTemplateThatCameNearest() {
        String started = signer.sign("instance 7 has started well");

        Explanation explanation = signer.explain("instance 8 has stopped well");

        assertThat(explanation.nearest()).hasValueSatisfying(nearest -> {
            assertThat(nearest.template().id()).isEqualTo(started);
            assertThat(nearest.differences()).containsExactly("started / stopped");
        });
    }

    @Test
    void aLineThatARuleLeavesOutHasNoSignature() {
        LineSigner steered = new LineSigner(SignatureLimits.DEFAULT, SteeringRules.of("acme", "", "health check"));

        assertThat(steered.explain("a health check").signature()).isEmpty();
        assertThat(steered.explain("quota of acme").variables())
                .containsExactly(new Explanation.Variable("acme", "<val>", "rule"));
    }

    @Test
    void aFullTreeSaysSo() {
        LineSigner full = new LineSigner(new SignatureLimits(1, 1));
        full.sign("one thing");

        assertThat(full.explain("another thing entirely").path()).isEqualTo(Explanation.Path.FLOOD);
    }
}
