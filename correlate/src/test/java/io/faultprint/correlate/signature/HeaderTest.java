package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {

    private final Header header = new Header();

    private String message(String line) {
        return line.substring(header.end(line.toCharArray(), 0, line.length()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            Mar 12 10:11:12 web1 sshd[2811]: Failed password for root~Failed password for root
            Mar  2 10:11:12 web1 sshd(pam_unix)[2811]: check pass; user unknown~check pass; user unknown
            Mar 12 10:11:12 web1 kernel: usb 1-1: new device~usb 1-1: new device
            Mar 12 10:11:12 web1 kernel: [12345.678901] usb 1-1: new device~usb 1-1: new device
            Mar 12 10:11:12 web1 syslogd 1.4.1: restart.~restart.
            Mar 12 10:11:12 web1 last message repeated 2 times~last message repeated 2 times
            Mar 12 10:11:12 laptop-7 com.example.agent[1] (com.example.domain.12): Service exited~Service exited
            Mar 12 10:11:12 laptop-7 Example Word[14463]: could not open~could not open
            <34>1 2026-03-12T10:11:12.003Z web1 su 77 ID47 - 'su root' failed~'su root' failed
            2026-03-12T10:11:12.123456+00:00 web1 systemd[1]: Started session~Started session
            Mar 12 10:11:12 app1 shop[71]: 2026-03-12 10:11:12,345 WARN [main] c.e.Cart - cart is gone~cart is gone
            2026-03-12 10:11:12,345 INFO [main] com.example.App: Started in 3 s~Started in 3 s
            2026-03-12 10:11:12,345 INFO [Socket Reader #1 for port 80] com.example.App: Started~Started
            2026-03-12 10:11:12,345 INFO [Thread-4] com.example.App$Part: Started~Started
            2026-03-12 10:11:12,345 - INFO  [Peer[id=1]/0:0:0:0:0:0:0:0:2181:Election@774] - Notification: 3~Notification: 3
            17/06/09 20:10:40 INFO executor.Backend: Registered handlers for [TERM, HUP]~Registered handlers for [TERM, HUP]
            081109 203615 148 INFO dfs.DataNode$Responder: Responder 1 ends~Responder 1 ends
            20171223-22:15:29:606|Step_LSC|30002312|onStand 3579~onStand 3579
            03-17 16:13:38.811  1702  2395 D WindowManager: opening app~opening app
            D/WindowManager( 1702): opening app~opening app
            I0312 10:11:12.345678       1 reconciler.go:208] operation started for volume~operation started for volume
            [Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok~workerEnv.init() ok
            [Thu Mar 12 10:11:12.123456 2026] [core:error] [pid 12:tid 140] [client 10.1.2.3:5] File does not exist: /x~[client 10.1.2.3:5] File does not exist: /x
            [10.30 16:49:06] browser.exe - proxy.example.com:5070 open through proxy~proxy.example.com:5070 open through proxy
            [10.30 16:49:06] browser.exe *64 - proxy.example.com:5070 open through proxy~proxy.example.com:5070 open through proxy
            - 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL INFO cache error corrected~cache error corrected
            - 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: session closed~session closed
            134681 node-246 unix.hw state_change.down 1077804742 1 Component State Change~1 Component State Change
            2567 node-70 action start 1074119817 1 clusterAddMember (command 1902)~1 clusterAddMember (command 1902)
            - 1131566513 2005.11.09 #8# Nov 9 12:01:53 #8#/#8# sendmail[4979]: queue is full~queue is full
            Jun 22 13:16:30 web1  -- root[2421]: ROOT LOGIN ON tty2~ROOT LOGIN ON tty2
            2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack~Loaded Servicing Stack
            nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO nova.wsgi.server [req-38-9 11 - - -] 10.11.10.1 got~10.11.10.1 got
            2017-05-16 00:00:00.008 25746 INFO nova.compute [-] [instance: b9] VM Started~[instance: b9] VM Started
            2026-03-12 10:11:12.345  INFO 1 --- [nio-8080-exec-3] c.e.CartController             : Cart 8812 updated~Cart 8812 updated
            10:11:12.345 [main] INFO  c.e.App - Started~Started
            2026-03-12 10:11:12,345 - worker.fetch - WARNING - giving up~giving up
            2026-03-12 10:11:12.345 UTC [1234] LOG:  checkpoint starting: time~checkpoint starting: time
            2026-03-12T10:11:12.123456Z 0 [Note] [MY-010116] [Server] mysqld starting~mysqld starting
            1:M 12 Mar 2026 10:11:12.345 * Ready to accept connections~Ready to accept connections
            2026-03-12 10:11:12.345 [info] <0.684.0> accepting connection~accepting connection
            [2026-03-12 10:11:12 +0000] [17] [INFO] Booting worker with pid: 17~Booting worker with pid: 17
            [2026-03-12 10:11:12,345] INFO [Partition orders-3 broker=1] Shrinking ISR~[Partition orders-3 broker=1] Shrinking ISR
            2026/03/12 10:11:12 [error] 31#31: *8812 connect() failed~*8812 connect() failed
            2026-03-12T10:11:12.123456789Z stdout F order placed~order placed
            INFO:worker.tasks:Task is done~Task is done
            [ERROR] payment failed~payment failed
            2026-03-12T10:11:12Z ERROR payment failed~payment failed
            2026-03-12T10:11:12.000Z\tinfo\tserver/main.go:12\tlistening~listening
            """)
    void aHeaderIsSetApart(String line, String message) {
        assertThat(message(line.replace("\\t", "\t"))).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "payment 12 failed",
                "12 payments failed",
                "1117838570 bytes read",
                "steps= 1514018661124##0",
                "ERROR while closing",
                "Warning: unknown attribute",
                "[instance: b9] VM Started",
                "[client 10.1.2.3] File does not exist",
                "10.1.2.3 - - [12/Mar/2026:10:11:12 +0000] \"GET / HTTP/1.1\" 200 5",
                "Cart.add: no such item",
                "2026-03-12T10:11:12Z",
                "2026-03-12T10:11:12Z INFO",
                "[[[[[[[[",
                "<<<<",
                "- - - -",
                "||||"
            })
    void aLineWithoutOneIsAllMessage(String line) {
        assertThat(message(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            2026-03-12T10:11:12Z INFO Connection: closed~Connection: closed
            2026-03-12T10:11:12Z error while closing~error while closing
            2026-03-12T10:11:12Z INFO shutdown - waiting~shutdown - waiting
            2026-03-12T10:11:12Z INFO [cart 8 of web] emptied~[cart 8 of web] emptied
            """)
    void aWordThatMaySaySomethingStays(String line, String message) {
        assertThat(message(line)).isEqualTo(message);
    }

    @Test
    void itsPartsCanBeAsked() {
        String line = "2026-03-12 10:11:12,345 INFO [main] com.example.App: Started";

        header.end(line.toCharArray(), 0, line.length());
        List<String> parts = IntStream.range(0, header.parts())
                .mapToObj(part -> header.kind(part) + " " + line.substring(header.start(part), header.end(part)))
                .toList();

        assertThat(parts)
                .containsExactly(
                        "TIME 2026-03-12 10:11:12,345", "LEVEL INFO", "THREAD [main]", "LOGGER com.example.App:");
    }
}
