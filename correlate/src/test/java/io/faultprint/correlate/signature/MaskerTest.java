package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskerTest {

    private final Masker masker = new Masker();

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            took 17 of 20 steps~took <num> of <num> steps
            balance -12.50 after 3 moves~balance <num> after <num> moves
            done in 17ms, then 1m30s, then 4 seconds~done in <dur>, then <dur>, then <dur>
            freed 512 KB of 64172MB~freed <size> of <size>
            from /10.1.2.3:8080 to 10.1.2.4~from <ip> to <ip>
            peer fe80::1ff:fe23:4567:890a lost~peer <ip> lost
            card FF:F2:9F:16:E2:23 lost~card <mac> lost
            call db.shop.internal:5432 or www.example.com~call <host> or <host>
            id 0f6f0a1e-8c52-4c46-93b5-18a2f2a0b2c4 gone~id <uuid> gone
            at 0x7ffe12 and 003a90fc~at <hex> and <hex>
            Block blk_-6952295868487656571 lost~Block <id> lost
            read /var/lib/a.txt and C:\\tmp\\b.txt~read <path> and <path>
            load/store failed over HTTP/1.1~load/store failed over HTTP/<num>
            sent to 5.2.0.10.in-addr.arpa by mx1.example.com~sent to <host> by <host>
            pod kube-system/coredns is up~pod <path> is up
            no such queue 'orders' in "shop-1"~no such queue '<val>' in "<val>"
            accept 'GET' or 'get'~accept 'GET' or '<val>'
            at Outer$1.run and Outer$Inner~at <id> and Outer$Inner
            Killed process 77 (java), comm nginx: gone~Killed process <num> (<name>), comm <name>: gone
            get https://shop.example/a?b=c&d=e now~get <url> now
            mail to jo.doe@example.com bounced~mail to <email> bounced
            on 2026-03-12T10:11:12.345Z and 12/Mar/2026:10:11:12 +0000~on <time> and <time>
            since Fri Jul 01 08:16:53 PDT 2005 up~since <time> up
            ready=true,policy=3 name=cart~ready=<val>,policy=<val> name=<val>
            logname= uid=0 tty=ssh~logname= uid=<val> tty=<val>
            status=FAILED code=17~status=FAILED code=<val>
            lines=[Line[n=1], Line[n=2]] placed~lines=<val> placed
            setLights(true) chdir(pwd) close()~setLights(<val>) chdir(<val>) close()
            Travel2Controller#115 over SOCKS5~Travel2Controller#<num> over SOCKS5
            fetch.............0~fetch...<num>
            user root from 10.0.0.1~user <name> from <ip>
            don't stop at user's request~don't stop at user's request
            secret <secret:0a1b2c3d> of <email:99aa00ff>~secret <secret> of <email>
            """)
    void aVariableIsMaskedByShapePlaceOrNeighbours(String line, String masked) {
        assertThat(masker.mask(line).text()).isEqualTo(masked);
    }

    @Test
    void fieldsJoinedByTildesAreOneIdentity() {
        assertThat(masker.mask("got package~31bf3856ad364e35~amd64~~6.1.1.2.").text())
                .isEqualTo("got <id>.");
    }

    @Test
    void whatStoodAtEachPlaceCanBeAsked() {
        masker.mask("user root from 10.0.0.1:22 took 1 to 5 s, code=17");

        List<String> places = IntStream.range(0, masker.places())
                .mapToObj(place -> masker.placeholder(place) + " " + masker.value(place))
                .toList();

        assertThat(places).containsExactly("<name> root", "<ip> 10.0.0.1:22", "<num> 1", "<dur> 5 s", "<val> 17");
    }

    @Test
    void whatAListLeavesOutIsNoPlace() {
        masker.mask("deleted 1 2 3 4 5 6 7 8 9 of 10");

        assertThat(masker.places()).isEqualTo(5);
        assertThat(masker.value(4)).isEqualTo("10");
    }

    @Test
    void theScanGivesTheHashOfTheMaskedLine() {
        MaskedLine masked = masker.mask("took 17 of 20 steps");

        assertThat(masker.scan("took 1 of 2 steps")).isEqualTo(masked.hash());
        assertThat(masked.hash())
                .isEqualTo(MaskedLine.of(masked.text(), MaskedLine.Kind.LINE).hash());
    }

    @Test
    void listsOfAnyLengthGiveFewTexts() {
        String four = masker.mask("deleted 1 2 3 4").text();

        assertThat(masker.mask("deleted 1 2 3 4 5 6 7 8 9").text()).isEqualTo(four);
        assertThat(four).isEqualTo("deleted <num> <num> <num> <num>");
    }

    @Test
    void whatIsCutOffIsSaid() {
        String words = "word ".repeat(Masker.MAX_TOKENS + 1);
        String letters = "a".repeat(Masker.MAX_CHARACTERS + 1);

        assertThat(masker.mask(words).text()).endsWith("word <more>");
        assertThat(masker.mask("a:".repeat(1_000)).text())
                .hasSizeLessThan(3 * Masker.MAX_TOKENS)
                .endsWith("<more>");
        assertThat(masker.mask(letters).text()).hasSize(Masker.MAX_CHARACTERS + "<more>".length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            =~=
            [[[[((((~[[[[((((
            key=~key=
            key="open~key="open
            key= "open~key= "open
            a=[1, 2~a=<val>
            <~<
            <ip:~<ip:
            ::::~::::
            """)
    void brokenLinesAreMaskedAsFarAsTheyGo(String line, String masked) {
        assertThat(masker.mask(line).text()).isEqualTo(masked);
    }

    @Test
    void anEmptyLineIsEmpty() {
        assertThat(masker.mask("").text()).isEmpty();
        assertThat(masker.mask(" \t ").text()).isEmpty();
    }
}
