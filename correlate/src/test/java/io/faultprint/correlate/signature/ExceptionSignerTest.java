package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionSignerTest {

    private final ExceptionSigner signer = new ExceptionSigner();
    private final Masker masker = new Masker();

    private String sign(String body) {
        return signer.fromBody(body, masker).text();
    }

    @Test
    void aJavaTraceIsItsTypesMessagesAndOwnFrames() {
        assertThat(sign(Traces.JAVA))
                .isEqualTo("com.example.shop.CheckoutException: order <num> failed; nested exception is"
                        + " at com.example.shop.Checkout.place"
                        + " caused by java.io.IOException: stock answered <num>"
                        + " at com.example.shop.StockClient.call at com.example.shop.StockClient.reserve");
    }

    @Test
    void aPythonTraceIsReadFromItsEnd() {
        assertThat(sign(Traces.PYTHON))
                .isEqualTo("shop.errors.OrderFailed: order <num> failed at shop/orders.py:place"
                        + " caused by psycopg2.pool.PoolError: connection pool exhausted at shop/stock.py:reserve");
    }

    @Test
    void nodeDotNetAndGoAreReadToo() {
        assertThat(sign(Traces.NODE))
                .isEqualTo("TypeError: Cannot read properties of undefined (reading '<val>')"
                        + " at lib/cart.js:cartTotal at lib/routes.js:<anonymous>");
        assertThat(sign(Traces.DOT_NET))
                .isEqualTo("System.InvalidOperationException: Order <num> failed"
                        + " at Shop.Orders.OrderService.PlaceAsync"
                        + " caused by System.TimeoutException: stock did not answer within <time>"
                        + " at Shop.Stock.StockClient.ReserveAsync");
        assertThat(sign(Traces.GO))
                .isEqualTo("panic: runtime error: invalid memory address or nil pointer dereference"
                        + " at example.com/shop/stock.(*Client).Reserve at main.main");
    }

    @Test
    void theSameFailureRecompiledHasTheSameSignature() {
        String rebuilt = Traces.JAVA
                .replaceAll("java:\\d+\\)", "java:7)")
                .replace("lambda$all$3", "lambda$all$9")
                .replace("CGLIB$$1a2b", "CGLIB$$99ff")
                .replace("StockClient$1", "StockClient$4")
                .replace("8812", "9")
                .replace("12 more", "31 more");

        assertThat(sign(rebuilt)).isEqualTo(sign(Traces.JAVA));
    }

    @Test
    void deeperRecursionAndAnotherThreadHaveTheSameSignature() {
        String frame = "\tat com.example.shop.StockClient.reserve(StockClient.java:25)\n";
        String deeper = Traces.JAVA.replace(frame, frame.repeat(200));
        String elsewhere = Traces.JAVA.replace(
                "\tat java.base/java.lang.Thread.run(Thread.java:833)\n",
                "\tat java.base/java.util.concurrent.ForkJoinTask.doExec(ForkJoinTask.java:373)\n");

        assertThat(sign(deeper)).isEqualTo(sign(Traces.JAVA));
        assertThat(sign(elsewhere)).isEqualTo(sign(Traces.JAVA));
    }

    @Test
    void anotherThrowingFrameOrTypeIsAnotherSignature() {
        assertThat(sign(Traces.JAVA.replace("StockClient$1.call", "StockClient$1.cancel")))
                .isNotEqualTo(sign(Traces.JAVA));
        assertThat(sign(Traces.JAVA.replace("java.io.IOException", "java.net.ConnectException")))
                .isNotEqualTo(sign(Traces.JAVA));
    }

    @Test
    void theFieldsOfARecordGiveWhatTheBodyGives() {
        String trace = Traces.JAVA.substring(Traces.JAVA.indexOf('\n') + 1);

        MaskedLine fields = signer.fromFields("com.example.shop.CheckoutException", "order 1 failed", trace, masker);

        assertThat(fields).isEqualTo(signer.fromBody(Traces.JAVA, masker));
        assertThat(fields.kind()).isEqualTo(MaskedLine.Kind.EXCEPTION);
    }

    @Test
    void withoutATraceTypeAndMessageStand() {
        assertThat(signer.fromFields("java.io.IOException", "read 17 bytes", null, masker)
                        .text())
                .isEqualTo("java.io.IOException: read <size>");
        assertThat(signer.fromFields(null, null, null, masker).text()).isEqualTo("exception");
    }

    @Test
    void aTraceWithoutOwnFramesStandsByItsTopFrames() {
        String trace = """
                java.lang.OutOfMemoryError: Java heap space
                \tat java.base/java.util.Arrays.copyOf(Arrays.java:3512)
                \tat java.base/java.util.ArrayList.grow(ArrayList.java:237)
                \tat java.base/java.util.ArrayList.add(ArrayList.java:486)
                """;

        assertThat(sign(trace))
                .isEqualTo("java.lang.OutOfMemoryError: Java heap space"
                        + " at java.util.Arrays.copyOf at java.util.ArrayList.grow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\tat \n\tat ",
                "no type\n\tat ",
                "x\n\tat (",
                "x\n\tat )",
                "x\n   at () in ",
                "Traceback (most recent call last):\n",
                "Traceback (most recent call last):\n  File \"\n  File \nX",
                "panic: \n\ngoroutine ",
                "a.b: x\n\tat <>c.<>(\n ---> \n --- End of inner"
            })
    void brokenTracesAreNeverAnError(String body) {
        assertThat(sign(body)).isNotNull();
    }
}
