package io.faultprint.correlate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuredTest {

    private final Masker masker = new Masker();

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"ts":"2026-03-12T10:11:12Z","level":"info","msg":"user 12 logged in","user":{"id":12,"roles":["a","b"]}}~user <num> logged in
            {"msg":"user 12 logged in","ts":1773310272.1,"n":-3.5e7,"ok":true,"none":null}~user <num> logged in
            {"@timestamp":"2026-03-12T10:11:12Z","message":"user 12 logged in","log":{"level":"INFO"}}~user <num> logged in
            {"t":{"$date":"2026-03-12"},"s":"I","c":"NETWORK","msg":"Connection accepted","attr":{"remote":"10.1.2.3:5"}}~Connection accepted
            {"log":"2026-03-12 10:11:12,345 INFO [main] c.e.App: user 12 logged in\\n","stream":"stdout"}~user <num> logged in
            2026-03-12T10:11:12.1Z stdout F {"level":30,"msg":"user 12 logged in"}~user <num> logged in
            {"msg":"cache unreachable","error":"dial tcp 10.2.0.8:6379: i/o timeout"}~cache unreachable error=dial tcp <ip>: i/o timeout
            {"msg":"cache unreachable","error":{"type":"IO","message":"timed out after 30 s"}}~cache unreachable error=timed out after <dur>
            {"msg":"job failed","error":"boom 7\\n  at run (app.js:12)"}~job failed error=boom <num>
            {"msg":"he said \\"no\\" 3 times"}~he said \\"<val>\\" <num> times
            time="2026-03-12T10:11:12Z" level=info msg="user 12 logged in" took=1.2ms~user <num> logged in
            level=warn caller=main.go:12 msg=restarting attempt=3~restarting
            level=error msg="cache unreachable" err="i/o timeout" addr=10.2.0.8~cache unreachable error=i/o timeout
            """)
    void theMessageIsSignedAndTheErrorBesideIt(String line, String masked) {
        assertThat(masker.mask(line).text()).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"order":8812,"level":"info"}~{"order":<val>,"level":"info"}
            {"msg":17}~{"msg":<num>}
            {msg: hello}~{msg: hello}
            {}~{}
            {"~{"
            {"msg"~{"msg"
            {"msg":~{"msg":
            msg="user 12 logged in"~msg="user <num> logged in"
            user=5 msg=hello logged in~user=<val> msg=hello logged in
            msg= a=~msg= a=
            """)
    void whatHasNoMessageIsMaskedAsALine(String line, String masked) {
        assertThat(masker.mask(line).text()).isEqualTo(masked);
    }

    @Test
    void aStructuredLineMeetsThePlainOne() {
        assertThat(masker.mask("{\"level\":\"info\",\"msg\":\"user 12 logged in\"}")
                        .hash())
                .isEqualTo(masker.mask("user 9 logged in").hash());
    }

    @Test
    void anObjectThatWasCutOffStillSpeaks() {
        String line = "{\"msg\":\"disk full\",\"trace\":\"" + "x".repeat(Masker.MAX_CHARACTERS) + "\"}";

        assertThat(masker.mask(line).text()).isEqualTo("disk full");
    }

    @Test
    void aMessageThatWasCutOffSaysSo() {
        String line = "{\"msg\":\"disk full " + "x".repeat(Masker.MAX_CHARACTERS) + "\"}";

        assertThat(masker.mask(line).text()).startsWith("disk full x").endsWith("x<more>");
    }
}
