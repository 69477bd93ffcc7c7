package io.faultprint.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-alike secrets are put together at run time, so that no scanner takes this file for a leak. */
class RedactorTest {

    private final Redactor redactor = new Redactor(new TokenKey("a key for tests"));

    record Secret(String line, String hidden, String kind) {}

    static Stream<Secret> secrets() {
        String random = "x7" + "Qw9".repeat(6);
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"HS256\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String jwt = header + "." + header + ".c2lnbmF0dXJl";
        String pem = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIabc\n-----END RSA " + "PRIVATE KEY-----";
        String card = "4111" + " 1111".repeat(3);
        return Stream.of(
                new Secret("login password=hunter2 ok", "hunter2", "secret"),
                new Secret("{\"password\": \"a b c\", \"n\": 1}", "a b c", "secret"),
                new Secret("{\\\"client_secret\\\":\\\"" + random + "\\\"}", random, "secret"),
                new Secret("GET /x?api_key=" + random + "&page=2", random, "secret"),
                new Secret("X-Api-Key: " + random, random, "secret"),
                new Secret("Authorization: Bearer " + random, random, "secret"),
                new Secret("auth header was Basic " + random + " here", random, "secret"),
                new Secret("got " + jwt + " from client", jwt, "jwt"),
                new Secret("key AKIA" + "ABCDEFGH23456789 used", "AKIA" + "ABCDEFGH23456789", "key"),
                new Secret("push with ghp_" + "a1B2".repeat(9), "ghp_" + "a1B2".repeat(9), "key"),
                new Secret("loaded " + pem + " done", pem, "key"),
                new Secret("mail to Jane.Doe+x@example.co.uk.", "Jane.Doe+x@example.co.uk", "email"),
                new Secret("connect postgres://app:s3cr@db:5432/x", "s3cr", "secret"),
                new Secret("paid with " + card + " 200 times", card, "card"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretBecomesATokenOfItsKindAndTheRestStays(Secret secret) {
        String redacted = redactor.redact(secret.line);

        String before = secret.line.substring(0, secret.line.indexOf(secret.hidden));
        String after = secret.line.substring(before.length() + secret.hidden.length());
        assertThat(redacted).startsWith(before).endsWith(after).doesNotContain(secret.hidden);
        assertThat(redacted.substring(before.length(), redacted.length() - after.length()))
                .matches("<" + secret.kind + ":[0-9a-f]{8}>");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void redactingAgainChangesNothing(Secret secret) {
        String once = redactor.redact(secret.line);

        assertThat(redactor.redact(once)).isSameAs(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid token: expired",
                "max_token=512 temperature=0.2",
                "Basic authentication failed for 10.0.0.7",
                "bearer authentication is required",
                "order 1674981729939519801 took 12 ms",
                "java.lang.Object@1b6d3586 is gone",
                "peer 192.168.0.1:8080 and ::1 closed",
                "password: ",
                "token=null",
                "2026-01-31T12:00:00Z INFO key=value a=b",
                "trace b017403c40b9f88a3d77f6dd7dc26ea9"
            })
    void whatIsNoSecretStays(String line) {
        assertThat(redactor.redact(line)).isSameAs(line);
    }

    @Test
    void equalValuesGiveEqualTokensAndAnotherKeyGivesOthers() {
        String line = "mail to a@example.com and A@Example.com";

        String redacted = redactor.redact(line);

        assertThat(redacted).matches("mail to (<email:[0-9a-f]{8}>) and \\1");
        assertThat(new Redactor(new TokenKey("another key")).redact(line)).isNotEqualTo(redacted);
    }

    @Test
    void anAttributesNameCanSayThatItsValueIsSecret() {
        assertThat(redactor.redact("http.request.header.authorization", "plain"))
                .startsWith("<secret:");
        assertThat(redactor.redact("http.route", "plain")).isEqualTo("plain");
    }
}
