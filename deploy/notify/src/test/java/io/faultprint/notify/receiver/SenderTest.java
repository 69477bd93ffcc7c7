package io.faultprint.notify.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultprint.notify.Receiver;
import io.faultprint.notify.form.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderTest {

    private static final byte[] BODY = "{\"a\":\"ü\"}".getBytes(UTF_8);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @TempDir
    Path directory = Path.of("");

    @Test
    void aRequestCarriesItsKeyItsSignatureAndWhatIsConfigured() {
        String secret = UUID.randomUUID().toString();
        try (Receiver receiver = new Receiver()) {
            Answer answer = send(settings(receiver.port(), PATIENT, secret, Optional.empty()));

            assertThat(answer).isEqualTo(new Answer.Taken());
            Receiver.Got got = receiver.got().get(0);
            assertThat(got.body()).isEqualTo(BODY);
            assertThat(got.key()).isEqualTo("inc1-1.2");
            assertThat(got.header("X-Faultprint-Delivery")).isEqualTo("inc1-1.2");
            assertThat(got.header("X-Team")).isEqualTo("red");
            assertThat(got.header("Authorization")).isEqualTo("Bearer b");
            assertThat(got.header("Content-Type")).isEqualTo("application/json");
            assertThat(got.header("X-Faultprint-Timestamp")).isEqualTo("1795341600");
            assertThat(got.header("X-Faultprint-Signature"))
                    .isEqualTo(new Signature(secret).of("1795341600", got.body()));
        }
    }

    @Test
    void withoutASecretNothingIsSigned() {
        try (Receiver receiver = new Receiver()) {
            send(settings(receiver.port(), PATIENT, "", Optional.empty()));

            assertThat(receiver.got().get(0).headers()).doesNotContainKey("X-faultprint-signature");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            200, Taken
            201, Taken
            202, Taken
            204, Taken
            302, Away
            307, Away
            400, Refused
            401, Away
            403, Away
            404, Away
            405, Away
            408, Away
            409, Refused
            410, Refused
            413, Refused
            422, Refused
            425, Away
            429, Away
            500, Away failing
            503, Away failing
            599, Away failing
            """)
    void whatAStatusMeans(int status, String meaning) {
        try (Receiver receiver = new Receiver()) {
            receiver.behave(Receiver.status(status, "Location", "http://127.0.0.1:" + receiver.port() + "/elsewhere"));

            Answer answer = send(settings(receiver.port(), PATIENT, "", Optional.empty()));

            String is = answer.getClass().getSimpleName()
                    + (answer instanceof Answer.Away away && away.failing() ? " failing" : "");
            assertThat(is).isEqualTo(meaning);
            // Nothing goes where a redirect leads.
            assertThat(receiver.got()).hasSize(1);
            if (answer instanceof Answer.Refused refused) {
                assertThat(refused.why()).isEqualTo("HTTP " + status + " said " + status);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            7                             | 7
            0                             | 0
            Sun, 22 Nov 2026 10:01:00 GMT | 60
            Sun, 22 Nov 2026 09:00:00 GMT | -
            soon                          | -
            -5                            | -
            99999999999                   | -
            """)
    void retryAfterIsUnderstoodInSecondsAndAsADate(String header, String seconds) {
        try (Receiver receiver = new Receiver()) {
            receiver.behave(Receiver.status(429, "Retry-After", header));

            Answer.Away away = (Answer.Away) send(settings(receiver.port(), PATIENT, "", Optional.empty()));

            assertThat(away.after().map(Duration::toSeconds))
                    .isEqualTo(seconds.equals("-") ? Optional.empty() : Optional.of(Long.valueOf(seconds)));
        }
    }

    @Test
    void whoHangsBeforeOrWithinItsAnswerIsAway() {
        Duration short_ = Duration.ofMillis(300);
        try (Receiver receiver = new Receiver()) {
            receiver.behave(exchange -> pause());
            assertThat(send(settings(receiver.port(), short_, "", Optional.empty())))
                    .isInstanceOf(Answer.Away.class);

            receiver.behave(exchange -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                pause();
            });
            assertThat(send(settings(receiver.port(), short_, "", Optional.empty())))
                    .isInstanceOf(Answer.Away.class);
        }
    }

    @Test
    void ofAnAnswerWithoutEndTheBeginningIsEnough() {
        try (Receiver receiver = new Receiver()) {
            receiver.behave(exchange -> {
                exchange.sendResponseHeaders(400, 0);
                byte[] much = new byte[1 << 16];
                Arrays.fill(much, (byte) 'x');
                try {
                    while (true) {
                        exchange.getResponseBody().write(much);
                    }
                } catch (IOException brokenOff) {
                    exchange.close();
                }
            });

            Answer.Refused refused = (Answer.Refused) send(settings(receiver.port(), PATIENT, "", Optional.empty()));

            assertThat(refused.why()).startsWith("HTTP 400 xxx").hasSizeLessThan(300);
        }
    }

    @Test
    void garbageAndAClosedPortAreAway() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
            Thread garbage = new Thread(() -> {
                try (var accepted = socket.accept()) {
                    accepted.getInputStream().read(new byte[64]);
                    accepted.getOutputStream().write("\u0000garbage\r\n\r\n".getBytes(UTF_8));
                } catch (IOException ended) {
                    // The other side has hung up.
                }
            });
            garbage.start();
            assertThat(send(settings(closed, PATIENT, "", Optional.empty()))).isInstanceOf(Answer.Away.class);
            garbage.join();
        }

        Answer.Away away = (Answer.Away) send(settings(closed, PATIENT, "", Optional.empty()));
        assertThat(away.why()).isEqualTo("no connection to 127.0.0.1:" + closed);
    }

    @Test
    void aReceiverWithAnAuthorityOfItsOwnIsTrustedWhenItsCertificateIsGivenAndOnlyThen() throws Exception {
        String password = UUID.randomUUID().toString();
        Path store = directory.resolve("keys.p12");
        Path certificate = directory.resolve("ca.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "r",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "r",
                "-keystore",
                store.toString(),
                "-storepass",
                password,
                "-file",
                certificate.toString());

        try (Receiver receiver = new Receiver(tls(store, password))) {
            TargetSettings trusting = settings(receiver.port(), PATIENT, "", Optional.of(certificate));
            TargetSettings strange = settings(receiver.port(), PATIENT, "", Optional.empty());

            assertThat(send(secure(trusting))).isEqualTo(new Answer.Taken());
            Answer.Away away = (Answer.Away) send(secure(strange));
            assertThat(away.why()).contains("certification path");
            assertThat(receiver.got()).hasSize(1);
        }
    }

    private static Answer send(TargetSettings settings) {
        return new Sender(settings, CLOCK).send("inc1-1.2", BODY, () -> false).orElseThrow();
    }

    private static TargetSettings settings(int port, Duration timeout, String secret, Optional<Path> certificate) {
        return new TargetSettings(
                "ops",
                URI.create("http://127.0.0.1:" + port + "/hook"),
                secret,
                Map.of("X-Team", "red"),
                "Bearer b",
                List.of(),
                4,
                timeout,
                certificate,
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                false);
    }

    private static TargetSettings secure(TargetSettings plain) {
        return new TargetSettings(
                plain.name(),
                URI.create(plain.url().toString().replace("http:", "https:")),
                plain.secret(),
                plain.headers(),
                plain.authorization(),
                plain.environments(),
                plain.severity(),
                plain.timeout(),
                plain.certificate(),
                plain.giveUp(),
                plain.repeat(),
                plain.beginning());
    }

    /** Longer than any test waits; ended with the receiver. */
    private static void pause() {
        try {
            new java.util.concurrent.CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static SSLContext tls(Path store, String password) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
