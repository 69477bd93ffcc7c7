package io.faultprint.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {

    private static final long NANOS = Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli() * 1_000_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"ts":1767323045.678,"level":"error","msg":"no stock","sku":7}                       ~ error ~ no stock
            {"time":"2026-01-02T03:04:05.678Z","severity":"ERROR","message":"no stock","sku":"7"} ~ ERROR ~ no stock
            {"@timestamp":"2026-01-02T03:04:05.678Z","log":{"level":"ERROR"},"message":"no stock","sku":7} ~ ERROR ~ no stock
            {"timestamp":1767323045678,"lvl":"E","msg":"no stock","sku":7}                       ~ E     ~ no stock
            ts=2026-01-02T03:04:05.678Z level=error msg="no stock" sku=7                         ~ error ~ no stock
            time="2026-01-02T03:04:05.678Z" level=warning msg="say \\"no\\"" sku=7               ~ warning ~ say "no"
            """)
    void fieldsOfUsualLoggersAreFound(String line, String level, String message) {
        LogRecord record = Entries.records(line).get(0);

        assertThat(record.getTimeUnixNano()).isEqualTo(NANOS);
        assertThat(record.getSeverityText()).isEqualTo(level);
        assertThat(record.getBody().getStringValue()).isEqualTo(message);
        assertThat(Entries.attribute(record, "sku")).isEqualTo("7");
    }

    @Test
    void pinosNumbersAndTraceIdsAreRead() {
        LogRecord record = Entries.records(
                        "{\"level\":50,\"time\":1767323045678,\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"msg\":\"x\"}")
                .get(0);

        assertThat(record.getSeverityNumberValue()).isEqualTo(17);
        assertThat(HexFormat.of().formatHex(record.getTraceId().toByteArray())).startsWith("0af7651916cd43dd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"msg\":\"breaks off",
                "{\"msg\":\"x\"} trailing",
                "{}",
                "{not json}",
                "[1,2]",
                "level=info msg=\"breaks off",
                "level= info and prose",
                "level=info"
            })
    void whatIsNoWholeObjectIsALineLikeAnyOther(String line) {
        assertThat(Entries.records(line))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.getBody().getStringValue()).isEqualTo(line));
    }

    @Test
    void aTimeInAFieldThatIsNoneStaysAnAttribute() {
        LogRecord record =
                Entries.records("{\"time\":\"yesterday\",\"msg\":\"x\"}").get(0);

        assertThat(record.getTimeUnixNano()).isZero();
        assertThat(Entries.attribute(record, "time")).isEqualTo("yesterday");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '~', textBlock = """
            2026-01-02 03:04:05 ERROR failed|java.lang.IllegalStateException: no|\tat a.B.c(B.java:1)  ~ java.lang.IllegalStateException ~ no ~ 2026-01-02 03:04:05 ERROR failed
            2026-01-02 03:04:05 ERROR x - a.B$MyException: no|\tat a.B.c(B.java:1)                      ~ a.B$MyException ~ no ~ 2026-01-02 03:04:05 ERROR x -
            Exception in thread "main" java.lang.Error|\tat a.B.c(B.java:1)                             ~ java.lang.Error ~ '' ~ java.lang.Error
            2026-01-02 03:04:05 ERROR x|Traceback (most recent call last):|  File "/a.py", line 1, in f|KeyError: 'a' ~ KeyError ~ "'a'" ~ 2026-01-02 03:04:05 ERROR x
            panic: no stock||goroutine 1 [running]:|main.main()|\t/app/main.go:7 +0x2a                   ~ panic ~ no stock ~ panic: no stock
            2026/01/02 03:04:05 http: panic serving 10.0.0.1:1: no stock|goroutine 9 [running]:|main.f()|\t/a.go:7 ~ panic ~ no stock ~ 2026/01/02 03:04:05 http: panic serving 10.0.0.1:1: no stock
            Unhandled exception. System.Exception: o ---> System.IO.IOException: i|   at S.N.R() in /N.cs:line 7 ~ System.Exception ~ o ~ 'System.Exception: o'
            /app/x.js:3|    throw e||TypeError: no|    at place (/app/x.js:3:9)                          ~ TypeError ~ no ~ '/app/x.js:3|    throw e'
            """)
    void whatWasThrownBecomesTheExceptionsFields(String trace, String type, String message, String body) {
        LogRecord record =
                Entries.records(trace.replace('|', '\n').replace("\\t", "\t")).get(0);

        assertThat(Entries.attribute(record, "exception.type")).isEqualTo(type);
        assertThat(Entries.attribute(record, "exception.message")).isEqualTo(message.replace("\"", ""));
        assertThat(Entries.attribute(record, "exception.stacktrace")).contains("\n");
        assertThat(record.getBody().getStringValue()).isEqualTo(body.replace('|', '\n'));
    }

    @Test
    void aTraceInAFieldIsReadToo() {
        LogRecord record = Entries.records("{\"level\":\"ERROR\",\"message\":\"failed\","
                        + "\"stack_trace\":\"java.io.IOException: gone\\n\\tat a.B.c(B.java:1)\"}")
                .get(0);

        assertThat(Entries.attribute(record, "exception.type")).isEqualTo("java.io.IOException");
        assertThat(record.getBody().getStringValue()).isEqualTo("failed");
    }

    @Test
    void bytesThatAreNoTextAreMendedAndCounted() {
        List<Line> lines = new ArrayList<>();
        LineBytes reader = new LineBytes(8, 100, 7, lines::add);
        byte[] bytes =
                "\u0000\u0000a\r\nx\u00ffy\n123456789\n12345678\u00fc\nhalf".getBytes(StandardCharsets.ISO_8859_1);

        reader.feed(bytes, 0, bytes.length, 5);

        assertThat(lines).extracting(Line::text).containsExactly("a", "x\uFFFDy", "12345678", "12345678");
        assertThat(lines).extracting(Line::number).containsExactly(7L, 8L, 9L, 10L);
        assertThat(lines).extracting(Line::start).containsExactly(100L, 105L, 109L, 119L);
        assertThat(lines).extracting(Line::cutBytes).containsExactly(0L, 0L, 1L, 1L);
        assertThat(reader.counts()).isEqualTo(new LineBytes.Counts(1, 2, 2));
        assertThat(reader.start()).isEqualTo(129);
    }

    @Test
    void whatIsCutOfAnyLineOfAnEntryIsSaidOfTheEntry() {
        List<LogRecord> records = new ArrayList<>();
        TextReader reader =
                new TextReader(java.time.ZoneOffset.UTC, JoinLimits.DEFAULT, read -> records.add(read.record()));

        reader.add(new Line("2026-01-31 12:00:00 ERROR no stock", 0, 0, 0, 0));
        reader.add(new Line("java.lang.IllegalStateException: none", 1, 40, 4_000, 0));
        reader.add(new Line("\tat a.B.c(B.java:1)", 2, 90, 700, 0));
        reader.flush();

        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record.getAttributesList())
                        .anyMatch(attribute -> attribute.getKey().equals("log.cut_bytes")
                                && attribute.getValue().getStringValue().equals("4700")));
    }
}
