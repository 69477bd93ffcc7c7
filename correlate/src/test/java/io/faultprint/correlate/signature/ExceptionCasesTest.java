package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not change an exception's signature, and what must, language by language. */
class ExceptionCasesTest {

    private static final String RUST = """
            thread 'tokio-runtime-worker' panicked at src/stock/client.rs:41:17:
            called `Result::unwrap()` on an `Err` value: Timeout(5000)
            stack backtrace:
               0: rust_begin_unwind
                         at /rustc/07dca489ac2d933c78d3c5158e3f43beefeb02ce/library/std/src/panicking.rs:645:5
               1: core::panicking::panic_fmt
                         at /rustc/07dca489ac2d933c78d3c5158e3f43beefeb02ce/library/core/src/panicking.rs:72:14
               2: shop::stock::client::reserve::{{closure}}::h0123456789abcdef
                         at ./src/stock/client.rs:41:17
               3: shop::orders::place
                         at ./src/orders.rs:12:9
               4: std::rt::lang_start
                         at /rustc/07dca489ac2d933c78d3c5158e3f43beefeb02ce/library/std/src/rt.rs:166:17
            """;

    private static final String NODE = """
            Error [ERR_ORDER]: order 8812 failed
                at placeOrder (/srv/shop/lib/orders.js:12:31)
                at async Promise.all (index 0)
                at async Server.handle (file:///srv/shop/lib/routes.js:40:5)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
              code: 'ERR_ORDER',
              [cause]: Error: connect ECONNREFUSED 10.2.0.8:6379
                  at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)
                  at StockClient.reserve (/srv/shop/lib/stock.js:9:3) {
                errno: -111
              }
            }
            """;

    private static final String GO = """
            panic: order 8812: stock is nil [recovered]
            \tpanic: order 8812: stock is nil

            goroutine 18 [running]:
            panic({0x5a1e60?, 0xc000012345?})
            \t/usr/local/go/src/runtime/panic.go:770 +0x132
            example.com/shop/stock.Reserve[...](0xc00001, {0xc00001, 0x7})
            \t/src/shop/stock/client.go:41 +0x1d
            example.com/shop/orders.(*Service).Place.func1()
            \t/src/shop/orders/service.go:77 +0x25
            created by example.com/shop/orders.(*Service).Run in goroutine 7
            \t/src/shop/orders/service.go:20 +0x9f
            """;

    private static final String GO_ERROR = """
            reserve 8812: connection refused
            example.com/shop/stock.(*Client).Reserve
            \t/src/shop/stock/client.go:41
            main.main
            \t/src/shop/main.go:19
            runtime.main
            \t/usr/local/go/src/runtime/proc.go:267
            """;

    private static final String PYTHON_GROUP = """
              + Exception Group Traceback (most recent call last):
              |   File "/srv/app/shop/orders.py", line 40, in place_all
              |     async with asyncio.TaskGroup() as group:
              | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
              +-+---------------- 1 ----------------
                | Traceback (most recent call last):
                |   File "/srv/app/shop/stock.py", line 12, in reserve
                |     raise StockError(sku)
                | shop.errors.StockError: sku 8812 is gone
                +---------------- 2 ----------------
                | Traceback (most recent call last):
                |   File "/srv/app/shop/stock.py", line 12, in reserve
                |     raise StockError(sku)
                | shop.errors.StockError: sku 9 is gone
                +------------------------------------
            """;

    private static final String DOT_NET = """
            System.AggregateException: One or more errors occurred. (Order 8812 failed)
             ---> Shop.OrderException: Order 8812 failed
               at Shop.Stock.StockClient.<Reserve>g__Call|4_0[T](T sku) in /src/Stock/StockClient.cs:line 31
               at Shop.Orders.OrderService.<PlaceAsync>d__5.MoveNext() in /src/Orders/OrderService.cs:line 77
            --- End of stack trace from previous location ---
               at Shop.Orders.OrderService.RunAsync(Int32 n) in /src/Orders/OrderService.cs:line 20
               --- End of inner exception stack trace ---
               at System.Threading.Tasks.Task.ThrowIfExceptional(Boolean includeTaskCanceledExceptions)
             ---> (Inner Exception #0) Shop.OrderException: Order 8812 failed
            """;

    private static final String KOTLIN = """
            Exception in thread "pool-7-thread-3" com.example.shop.OrderFailed: order 8812
            \tat com.example.shop.Orders$place$2.invokeSuspend(Orders.kt:31)
            \tat _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:42)
            \tat com.example.shop.Orders$$Lambda/0x00007f3c1c0a1b28.run(Unknown Source)
            \tat com.example.shop.OrdersProxy_ClientProxy.place(Unknown Source)
            \tSuppressed: java.io.IOException: close of 17 failed
            \t\tat com.example.shop.Pool.close(Pool.kt:9)
            Caused by: java.net.SocketTimeoutException: Read timed out
            \tat com.example.shop.Stock.reserve(Stock.kt:12)
            \t... 7 more
            """;

    private final ExceptionSigner signer = new ExceptionSigner();
    private final Masker masker = new Masker();

    private String sign(String body) {
        return signer.fromBody(body, masker).text();
    }

    private record Change(String what, String trace, UnaryOperator<String> change) {}

    static Stream<Arguments> whatMustNotChangeIt() {
        return Stream.of(
                        new Change(
                                "rust rebuilt",
                                RUST,
                                t -> t.replace(":41:17", ":99:1").replace("h0123456789abcdef", "hfedcba9876543210")),
                        new Change(
                                "rust other compiler",
                                RUST,
                                t -> t.replace("07dca489ac2d933c78d3c5158e3f43beefeb02ce", "a".repeat(40))),
                        new Change("rust other thread", RUST, t -> t.replace("tokio-runtime-worker", "main")),
                        new Change("rust other variable", RUST, t -> t.replace("5000", "250")),
                        new Change(
                                "node other lines",
                                NODE,
                                t -> t.replace(":12:31", ":99:1").replace("8812", "9")),
                        new Change(
                                "node other peer",
                                NODE,
                                t -> t.replace("10.2.0.8", "10.2.0.9").replace("index 0", "index 3")),
                        new Change(
                                "go other goroutine",
                                GO,
                                t -> t.replace("goroutine 18", "goroutine 4711")
                                        .replace("goroutine 7\n", "goroutine 12\n")),
                        new Change(
                                "go rebuilt",
                                GO,
                                t -> t.replace("+0x1d", "+0xff")
                                        .replace(":41", ":43")
                                        .replace("0xc00001", "0xc0ffee")),
                        new Change(
                                "go error rebuilt",
                                GO_ERROR,
                                t -> t.replace(":41", ":43").replace("8812", "7")),
                        new Change(
                                "python more members",
                                PYTHON_GROUP,
                                t -> t.replace("(2 sub", "(3 sub").replace("sku 9", "sku 10")),
                        new Change("python other lines", PYTHON_GROUP, t -> t.replace("line 12", "line 14")),
                        new Change(
                                "net rebuilt",
                                DOT_NET,
                                t -> t.replace("line 31", "line 33")
                                        .replace("|4_0", "|7_2")
                                        .replace("d__5", "d__9")),
                        new Change("net other order", DOT_NET, t -> t.replace("8812", "17")),
                        new Change(
                                "kotlin other thread",
                                KOTLIN,
                                t -> t.replace("pool-7-thread-3", "main").replace("$2.invoke", "$5.invoke")),
                        new Change(
                                "suppressed or not",
                                KOTLIN,
                                t -> t.replace(
                                        "\tSuppressed: java.io.IOException: close of 17 failed\n\t\tat com.example.shop.Pool.close(Pool.kt:9)\n",
                                        "")),
                        new Change("more of it common", KOTLIN, t -> t.replace("... 7 more", "... 31 more")),
                        new Change("carriage returns", KOTLIN, t -> t.replace("\n", "\r\n")),
                        new Change(
                                "in one line, as JSON has it",
                                KOTLIN,
                                t -> t.replace("\n", "\\n").replace("\t", "\\t")),
                        new Change(
                                "in one line, as syslog has it",
                                KOTLIN,
                                t -> t.replace("\n", "#012").replace("\t", "#011")))
                .map(change -> Arguments.of(change.what, change.trace, change.change.apply(change.trace)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatMustNotChangeIt")
    void theSameFailureHasOneSignature(String what, String trace, String changed) {
        assertThat(changed).as("the change does something").isNotEqualTo(trace);
        assertThat(sign(changed)).isEqualTo(sign(trace));
    }

    static Stream<Arguments> whatMustChangeIt() {
        return Stream.of(
                        new Change("rust other place", RUST, t -> t.replace("client::reserve", "client::cancel")),
                        new Change("rust other message", RUST, t -> t.replace("Timeout(5000)", "Refused")),
                        new Change("node other cause", NODE, t -> t.replace("ECONNREFUSED", "ETIMEDOUT")),
                        new Change(
                                "node other frame", NODE, t -> t.replace("StockClient.reserve", "StockClient.cancel")),
                        new Change("go other frame", GO, t -> t.replace("stock.Reserve", "stock.Cancel")),
                        new Change("go error other frame", GO_ERROR, t -> t.replace(".Reserve", ".Cancel")),
                        new Change("python other member", PYTHON_GROUP, t -> t.replace("StockError", "StockGone")),
                        new Change("net other frame", DOT_NET, t -> t.replace("<Reserve>g__Call", "<Cancel>g__Call")),
                        new Change(
                                "kotlin other cause",
                                KOTLIN,
                                t -> t.replace("SocketTimeoutException", "ConnectException")),
                        new Change("kotlin other frame", KOTLIN, t -> t.replace("Stock.reserve", "Stock.cancel")))
                .map(change -> Arguments.of(change.what, change.trace, change.change.apply(change.trace)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatMustChangeIt")
    void anotherFailureHasAnother(String what, String trace, String changed) {
        assertThat(sign(changed)).isNotEqualTo(sign(trace));
    }

    @Test
    void theyReadAsTypesMessagesAndOwnFrames() {
        assertThat(sign(RUST))
                .isEqualTo("panic: called `Result::unwrap()` on an `Err` value: Timeout(<num>)"
                        + " at shop::stock::client::reserve at shop::orders::place");
        assertThat(sign(GO))
                .isEqualTo("panic: order <num>: stock is nil at example.com/shop/stock.Reserve"
                        + " at example.com/shop/orders.(*Service).Place");
        assertThat(sign(KOTLIN))
                .isEqualTo(
                        "com.example.shop.OrderFailed: order <num> at com.example.shop.Orders$place.invokeSuspend"
                                + " caused by java.net.SocketTimeoutException: Read timed out at com.example.shop.Stock.reserve");
    }

    @Test
    void causesOfARustReportAreAChain() {
        String report = """
                Error: could not place order 8812

                Caused by:
                    0: stock did not answer
                    1: connection refused (os error 111)
                """;

        assertThat(sign(report))
                .isEqualTo("error: could not place order <num> caused by error: stock did not answer"
                        + " caused by error: connection refused (os error <num>)");
    }

    @Test
    void ownFramesStayAsEvidence() {
        assertThat(ExceptionSigner.ownFrames(KOTLIN))
                .containsExactly(
                        "com.example.shop.Stock.reserve (Stock.kt:12)",
                        "com.example.shop.Orders$place.invokeSuspend (Orders.kt:31)");
        assertThat(ExceptionSigner.ownFrames(Traces.PYTHON))
                .containsExactly(
                        "shop/stock.py:reserve (/srv/app/shop/stock.py:12)",
                        "shop/orders.py:place (/srv/app/shop/orders.py:40)");
        assertThat(ExceptionSigner.ownFrames(RUST))
                .contains("shop::stock::client::reserve (./src/stock/client.rs:41:17)");
        assertThat(ExceptionSigner.ownFrames(DOT_NET))
                .contains("Shop.Orders.OrderService.PlaceAsync (/src/Orders/OrderService.cs:77)");
        assertThat(ExceptionSigner.ownFrames(NODE))
                .contains("lib/orders.js:placeOrder (/srv/shop/lib/orders.js:12:31)");
        assertThat(ExceptionSigner.ownFrames(GO))
                .contains("example.com/shop/stock.Reserve (/src/shop/stock/client.go:41)");
        assertThat(ExceptionSigner.ownFrames("no trace at all")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment 12 failed",
                "path C:\\new\\table is gone, and this line is long enough to be looked at twice",
                "{\"msg\":\"first\\nsecond\",\"more\":\"a line whose line feeds are escaped is no trace yet\"}",
                "colour #012345 of the cart that nobody wanted to buy at any price whatsoever"
            })
    void ordinaryLinesAreNoTraces(String line) {
        assertThat(ExceptionSigner.looksLikeTrace(line)).isFalse();
    }

    @Test
    void hugeTracesTakeNoTime() {
        String deep = "a.b.FooException: x\n" + "\tat com.example.A.a(A.java:1)\n".repeat(200_000);
        String causes = "a.b.FooException: x\n\tat c.D.e(D.java:1)\n"
                + "Caused by: a.b.BarException: y\n\tat c.D.f(D.java:2)\n".repeat(100_000);
        String suppressed = "a.b.FooException: x\n\tat c.D.e(D.java:1)\n"
                + "\tSuppressed: a.b.Bar: y\n\t\tat c.D.f(D.java:2)\n".repeat(100_000);

        for (String trace :
                new String[] {deep, causes, suppressed, deep.replace("\n", "\\n"), RUST.repeat(2_000), GO.repeat(2_000)
                }) {
            assertThatCode(() -> assertThat(sign(trace)).hasSizeLessThan(9_000)).doesNotThrowAnyException();
            org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(2), () -> sign(trace));
        }
    }
}
