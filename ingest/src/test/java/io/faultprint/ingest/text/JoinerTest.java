package io.faultprint.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JoinerTest {

    /** Each is one entry; any two after each other are two. */
    static Stream<String> traces() {
        return Stream.of("""
                2026-01-02 03:04:05,678 ERROR a.Orders - order failed
                java.lang.IllegalStateException: no stock
                \tat shop.Orders.place(Orders.java:12)
                \tSuppressed: java.io.IOException: close
                \t\tat shop.Pool.close(Pool.java:3)
                Caused by: java.io.IOException: gone
                \tat shop.Net.read(Net.java:7)
                \t... 12 more""", """
                Exception in thread "main" java.lang.NullPointerException: Cannot invoke
                \tat shop.Main.main(Main.java:4)""", """
                ERROR:root:it broke
                Traceback (most recent call last):
                  File "/app/a.py", line 2, in f
                    g()
                KeyError: 'a'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "/app/a.py", line 9, in <module>
                    f()
                ValueError: b""", """
                panic: runtime error: index out of range [5] with length 3

                goroutine 1 [running]:
                main.(*Shop).place(0xc000010000, 0x5)
                \t/app/main.go:12 +0x1d
                main.main()
                \t/app/main.go:7 +0x2a
                exit status 2""", """
                2026/01/02 03:04:05 http: panic serving 10.0.0.1:1234: no stock
                goroutine 19 [running]:
                net/http.(*conn).serve.func1()
                \t/usr/local/go/src/net/http/server.go:1868 +0xb9
                panic({0x6a1d00?, 0x75b0e0?})
                \t/usr/local/go/src/runtime/panic.go:920 +0x270
                created by net/http.(*Server).Serve in goroutine 1
                \t/usr/local/go/src/net/http/server.go:3086 +0x5cb""", """
                /app/x.js:3
                    throw new Error('no stock')
                    ^

                Error: no stock
                    at place (/app/x.js:3:9)
                    at Object.<anonymous> (/app/x.js:6:1)""", """
                Unhandled exception. System.InvalidOperationException: outer
                 ---> System.IO.IOException: inner
                   at Shop.Net.Read() in /app/Net.cs:line 7
                   --- End of inner exception stack trace ---
                   at Shop.Orders.Place(Int32 id) in /app/Orders.cs:line 12""", """
                2026-01-02 03:04:05.678 UTC [77] ERROR:  syntax error at or near "FORM"
                \tLINE 1: select *
                \t        FORM a""");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aTraceIsOneEntryAlsoBetweenOthers(String trace) {
        List<String> entries =
                Entries.joined("INFO:root:before\n" + trace + "\n2026-01-02 03:04:06 INFO after\n", JoinLimits.DEFAULT);

        assertThat(entries).containsExactly("INFO:root:before", trace, "2026-01-02 03:04:06 INFO after");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void twoTracesAfterEachOtherAreTwo(String trace) {
        assertThat(Entries.joined(trace + "\n" + trace, JoinLimits.DEFAULT)).containsExactly(trace, trace);
    }

    @Test
    void whereTimesStandAnEntryBeginsWithEach() {
        String text = "2026-01-02 03:04:05 one\nmore of it\nand more\n2026-01-02 03:04:06 two\n";

        assertThat(Entries.joined(text, JoinLimits.DEFAULT))
                .containsExactly("2026-01-02 03:04:05 one\nmore of it\nand more", "2026-01-02 03:04:06 two");
    }

    @Test
    void whereNoTimesStandEachLineIsAnEntry() {
        assertThat(Entries.joined("one\ntwo\n\nthree", JoinLimits.DEFAULT)).containsExactly("one", "two", "three");
    }

    @Test
    void whereEveryLineIsSetInWhiteSpaceJoinsNothing() {
        assertThat(Entries.joined("  one\n  two\n\tthree", JoinLimits.DEFAULT))
                .containsExactly("  one", "  two", "\tthree");
    }

    @Test
    void aLineOfJsonIsWholeByItself() {
        String text = "2026-01-02 03:04:05 one\n{\"msg\":\"two\"}\nthree\n{\"msg\":\"four\"}";

        assertThat(Entries.joined(text, JoinLimits.DEFAULT))
                .containsExactly("2026-01-02 03:04:05 one", "{\"msg\":\"two\"}", "three", "{\"msg\":\"four\"}");
    }

    @Test
    void anUncaughtTraceIsNoPartOfTheGoodNewsBeforeIt() {
        String text =
                "2026-01-02 03:04:05 INFO ready\nTraceback (most recent call last):\n  File \"/a.py\", line 1, in f\nKeyError: 'a'";

        assertThat(Entries.joined(text, JoinLimits.DEFAULT)).hasSize(2);
    }

    @Test
    void plainLinesBeyondTheBoundAreEntriesOfTheirOwnAndNoneIsLost() {
        String text = "2026-01-02 03:04:05 one\n" + "a line\n".repeat(100);

        List<String> entries = Entries.joined(text, new JoinLimits(50, 10_000, 10));

        assertThat(entries).hasSize(91);
        assertThat(String.join("\n", entries)).isEqualTo(text.strip());
    }

    @Test
    void aTraceBeyondTheBoundIsCutAndSaysByHowMuch() {
        String text = "java.lang.StackOverflowError: x\n" + "\tat a.B.c(B.java:1)\n".repeat(5_000);

        assertThat(Entries.records(text, new JoinLimits(100, 64 << 10, 10)))
                .singleElement()
                .satisfies(record ->
                        assertThat(Entries.attribute(record, "log.cut_lines")).isEqualTo("4901"));
    }

    @Test
    void aFileOfIndentedLinesWithoutEndIsCutIntoEntriesAndNothingIsLost() {
        String text = "head\n" + "  x\n".repeat(10_000);

        List<String> entries = Entries.joined(text, JoinLimits.DEFAULT);

        assertThat(entries.stream()
                        .mapToInt(entry -> entry.split("\n", -1).length)
                        .sum())
                .isEqualTo(10_001);
    }
}
