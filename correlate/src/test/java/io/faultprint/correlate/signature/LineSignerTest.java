package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LineSignerTest {

    private final LineSigner signer = new LineSigner(SignatureLimits.DEFAULT);

    @Test
    void theTemplateIsTheOneAtTheEnd() {
        String first = signer.sign("caller is com.example.mail waiting");
        String second = signer.sign("caller is com.example.chat waiting");

        assertThat(second).isEqualTo(first).matches("sig2-[0-9a-f]{16}");
        assertThat(signer.template(first)).isEqualTo("caller is <*> waiting");
    }

    @Test
    void aTraceIsSignedAsAnException() {
        String id = signer.sign(Traces.JAVA);

        assertThat(signer.sign(Traces.JAVA.replace("8812", "9"))).isEqualTo(id);
        assertThat(signer.template(id)).startsWith("com.example.shop.CheckoutException: order <num> failed");
    }

    @Test
    void aFloodHasItsOwnIdAndTemplate() {
        LineSigner small = new LineSigner(new SignatureLimits(1, 1));
        small.sign("one thing");

        String id = small.sign("another thing");

        assertThat(small.template(id)).isEqualTo("<flood>");
    }

    @Test
    void anUnknownIdIsNamed() {
        assertThatThrownBy(() -> signer.template("sig2-00")).hasMessageContaining("sig2-00");
    }
}
