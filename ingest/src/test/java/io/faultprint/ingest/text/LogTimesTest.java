package io.faultprint.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {

    private static final long READ_AT = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            2026-01-02T03:04:05Z started                      ~ 2026-01-02T03:04:05Z
            2026-01-02T03:04:05.678+01:00 started             ~ 2026-01-02T02:04:05.678Z
            2026-01-02T03:04:05,678901-0530 started           ~ 2026-01-02T08:34:05.678901Z
            2026-01-02T03:04:05.123456789Z x                  ~ 2026-01-02T03:04:05.123456789Z
            2026-01-02 03:04:05,678 [main] INFO a.B - x       ~ 2026-01-02T03:04:05.678Z
            2026-01-02 03:04:05.678 UTC [77] LOG:  ready      ~ 2026-01-02T03:04:05.678Z
            2026-01-02 03:04:05.678+00 x                      ~ 2026-01-02T03:04:05.678Z
            2026/01/02 03:04:05 [error] 7#7: *1 connect()     ~ 2026-01-02T03:04:05Z
            2026/01/02 03:04:05.678901 http: panic serving    ~ 2026-01-02T03:04:05.678901Z
            INFO  2026-01-02 03:04:05,678 a.B                 ~ 2026-01-02T03:04:05.678Z
            [2026-01-02 03:04:05,678] WARN [Broker id=1]      ~ 2026-01-02T03:04:05.678Z
            ERROR:2026-01-02 03:04:05:boom                    ~ 2026-01-02T03:04:05Z
            10.1.2.3 - bob [02/Jan/2026:03:04:05 +0100] "GET" ~ 2026-01-02T02:04:05Z
            2001:db8::1 - - [02/Jan/2026:03:04:05 +0000] "G"  ~ 2026-01-02T03:04:05Z
            Jan  2 03:04:05 host sshd[7]: x                   ~ 2026-01-02T03:04:05Z
            Dec 31 23:59:59 host sshd[7]: last year           ~ 2025-12-31T23:59:59Z
            Feb 29 10:00:00 host x: the last leap year        ~ 2024-02-29T10:00:00Z
            <34>Jan 12 06:30:00 host app: x                   ~ 2026-01-12T06:30:00Z
            <165>1 2026-01-02T03:04:05.003Z host app - - x    ~ 2026-01-02T03:04:05.003Z
            E0102 03:04:05.678901   77 a.go:12] x             ~ 2026-01-02T03:04:05.678901Z
            I20260102 03:04:05.678901 77 a.cc:12] x           ~ 2026-01-02T03:04:05.678901Z
            [Fri Jan 02 03:04:05.678901 2026] [core:error] x  ~ 2026-01-02T03:04:05.678901Z
            Fri, 02 Jan 2026 03:04:05 GMT x                   ~ 2026-01-02T03:04:05Z
            02-Jan-2026 03:04:05.678 SEVERE [main] x          ~ 2026-01-02T03:04:05.678Z
            Jan 02, 2026 3:04:05 PM a.B c                     ~ 2026-01-02T15:04:05Z
            Jan 02, 2026 12:04:05 AM a.B c                    ~ 2026-01-02T00:04:05Z
            02.01.2026 03:04:05 x                             ~ 2026-01-02T03:04:05Z
            17/06/09 20:10:40 INFO executor.Backend: x        ~ 2017-06-09T20:10:40Z
            081109 203615 148 INFO dfs.DataNode: x            ~ 2008-11-09T20:36:15Z
            20171223-22:15:29:606|Step_LSC|x                  ~ 2017-12-23T22:15:29.606Z
            20171224-0:7:20:444|Step_LSC|x                    ~ 2017-12-24T00:07:20.444Z
            20260102T030405Z x                                ~ 2026-01-02T03:04:05Z
            03-17 16:13:38.811  1702  2395 D WindowManager: x ~ 2025-03-17T16:13:38.811Z
            - 1117838570 2005.06.03 R02-M1 x                  ~ 2005-06-03T22:42:50Z
            1767323045 x                                      ~ 2026-01-02T03:04:05Z
            1767323045.678 x                                  ~ 2026-01-02T03:04:05.678Z
            1767323045678 x                                   ~ 2026-01-02T03:04:05.678Z
            1767323045678901 x                                ~ 2026-01-02T03:04:05.678901Z
            1767323045678901234 x                             ~ 2026-01-02T03:04:05.678901234Z
            11:59:59.999 [main] INFO today                    ~ 2026-03-01T11:59:59.999Z
            23:59:59.999 [main] INFO yesterday                ~ 2026-02-28T23:59:59.999Z
            2026-01-02 03:04:60 a leap second                 ~ 2026-01-02T03:04:59Z
            nova.log.1.2017-05-16_13:55:31 2017-05-16 00:00:00.008 25746 INFO x ~ 2017-05-16T00:00:00.008Z
            """)
    void usualTimesAreRead(String line, String time) {
        Stamp stamp = Objects.requireNonNull(new LogTimes(ZoneOffset.UTC).find(line, READ_AT));

        Instant expected = java.time.OffsetDateTime.parse(time).toInstant();
        assertThat(Instant.ofEpochSecond(0, stamp.nanos())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no time here",
                "2026-13-02 03:04:05 a thirteenth month",
                "2026-02-30 03:04:05 a day that is none",
                "2026-01-02 25:04:05 an hour that is none",
                "2026-01-02 a day alone",
                "1969-12-31 23:59:59 before the epoch",
                "9999-12-31 23:59:59 beyond 64 bits of nanoseconds",
                "1:2:3 is a ratio",
                "version 1.2.3.4 build 20260102",
                "order 1767323045 shipped",
                "99999999999 too many digits for seconds",
                "Maybe 3 things went wrong at 4:05",
                "E0102x is an error code",
                "10.1.2.3:8080 refused",
                "at a.B.c(B.java:12)",
                "2026-01-0203:04:05",
                "٢٠٢٦-٠١-٠٢ ٠٣:٠٤:٠٥ digits of another script",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 2026-01-02 03:04:05"
            })
    void whatIsNoTimeNearTheStartIsNone(String line) {
        assertThat(new LogTimes(ZoneOffset.UTC).find(line, READ_AT)).isNull();
    }

    @Test
    void aTimeWithoutAZoneIsReadInTheOneGiven() {
        LogTimes berlin = new LogTimes(ZoneId.of("Europe/Berlin"));

        assertThat(berlin.value("2026-07-02 03:04:05", READ_AT)).isEqualTo(nanos("2026-07-02T01:04:05Z"));
        assertThat(berlin.value("2026-01-02 03:04:05", READ_AT)).isEqualTo(nanos("2026-01-02T02:04:05Z"));
        assertThat(berlin.value("2026-01-02 03:04:05Z", READ_AT)).isEqualTo(nanos("2026-01-02T03:04:05Z"));
        // Left out when clocks go forward; there twice when they go back.
        assertThat(berlin.value("2026-03-29 02:30:00", READ_AT)).isEqualTo(nanos("2026-03-29T01:30:00Z"));
        assertThat(berlin.value("2026-10-25 02:30:00", READ_AT)).isEqualTo(nanos("2026-10-25T00:30:00Z"));
    }

    private static long nanos(String time) {
        return Instant.parse(time).toEpochMilli() * 1_000_000;
    }
}
