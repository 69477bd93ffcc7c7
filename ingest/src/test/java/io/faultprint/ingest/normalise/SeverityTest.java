package io.faultprint.ingest.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16:42:09.939 INFO  t.c.TravelController#122 TraceID: b017                        | 9
            2026-01-31 12:00:00,747 - WARN  [QuorumPeer:0] Connection broken                  | 13
            081109 203615 148 INFO dfs.DataNode$PacketResponder: terminating                  | 9
            17/06/09 20:10:40 ERROR executor.CoarseGrainedExecutorBackend: gone               | 17
            - 1117838570 2005.06.03 R02-M1-N0 2005-06-03-15.42.50 R02-M1-N0 RAS KERNEL FATAL x | 21
            2024/01/01 12:00:00 [error] 123#0: *1 connect() failed                            | 17
            Jan 31 12:00:00 web-1 sshd[1234]: error: maximum authentication attempts          | 17
            ERROR:root:could not open                                                         | 17
            panic: runtime error: index out of range                                          | 21
            time="2026-01-31T12:00:00Z" level=warning msg="retrying"                          | 13
            {"ts":1,"level":"error","msg":"x"}                                                | 17
            {"level":50,"time":1,"msg":"x"}                                                   | 17
            <11>1 2026-01-31T12:00:00Z web app - - - it broke                                 | 17
            E0131 12:00:00.678901       1 reflector.go:138] failed to list                    | 17
            03-17 16:13:38.811  1702  2395 D WindowManager: printFreezingDisplayLogs          | 5
            user asked for an error page and got it                                           | 0
            Everything is fine here and there is NO ERROR at all                              | 0
            the info desk is open                                                             | 0
            """)
    void aLevelIsFoundWhereLoggersPutIt(String line, int number) {
        assertThat(Severity.inText(line)).isEqualTo(number);
    }
}
