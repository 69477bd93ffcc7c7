package io.faultprint.serde.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultprint.runtime.Unreachable;
import io.faultprint.runtime.UsageError;
import io.faultprint.topic.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of the client's properties are Confluent's, although its classes were moved to another package. */
class RegistryAccessTest {

    /** Made anew in each run: no secret stands in a file. */
    private static final String PASSWORD = UUID.randomUUID().toString();

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (String who : List.of("server", "client")) {
            keytool(
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost",
                    "-alias",
                    who,
                    "-keystore",
                    store(who));
        }
        for (String who : List.of("server", "client")) {
            keytool("-exportcert", "-alias", who, "-keystore", store(who), "-file", file(who + ".crt"));
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    who,
                    "-keystore",
                    store("trusted"),
                    "-file",
                    file(who + ".crt"));
        }
    }

    @Test
    void basicCredentialsAreSent() throws Exception {
        try (SmallRegistry registry =
                guarded("Basic " + Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(UTF_8)))) {
            open(registry.settings(Map.of(
                            "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:" + PASSWORD)))
                    .close();

            assertThat(registry.requests()).isPositive();
        }
    }

    @Test
    void aBearerTokenIsSent() throws Exception {
        try (SmallRegistry registry = guarded("Bearer " + PASSWORD)) {
            open(registry.settings(
                            Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", PASSWORD)))
                    .close();

            assertThat(registry.requests()).isPositive();
        }
    }

    @Test
    void wrongCredentialsAreTheUsersMistakeAndAreNotRepeated() throws Exception {
        try (SmallRegistry registry = guarded("Basic other")) {
            assertThatThrownBy(() -> open(registry.settings(Map.of(
                            "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:" + PASSWORD))))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("HTTP 401")
                    .hasMessageContaining("see registry.properties")
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void aServerIsTrustedByAStoreOfTheUsers() throws Exception {
        try (SmallRegistry registry = new SmallRegistry(tls())) {
            open(registry.settings(trust())).close();

            assertThat(registry.requests()).isPositive();
        }
    }

    @Test
    void aServerThatNobodyTrustsIsNotAsked() throws Exception {
        try (SmallRegistry registry = new SmallRegistry(tls())) {
            assertThatThrownBy(() -> open(registry.settings(Map.of())))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("SSLHandshakeException");
            assertThat(registry.requests()).isZero();
        }
    }

    @Test
    void aClientShowsItsCertificate() throws Exception {
        Map<String, String> both = new HashMap<>(trust());
        both.put("schema.registry.ssl.keystore.location", store("client"));
        both.put("schema.registry.ssl.keystore.password", PASSWORD);
        both.put("schema.registry.ssl.key.password", PASSWORD);
        try (SmallRegistry registry = new SmallRegistry(tls(), true)) {
            open(registry.settings(both)).close();
            assertThat(registry.requests()).isPositive();

            assertThatThrownBy(() -> open(registry.settings(trust()))).isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void aStoreThatIsNotThereIsTheUsersMistake() throws Exception {
        try (SmallRegistry registry = new SmallRegistry(tls())) {
            assertThatThrownBy(() -> open(registry.settings(Map.of(
                            "schema.registry.ssl.truststore.location",
                            file("nowhere.p12"),
                            "schema.registry.ssl.truststore.password",
                            PASSWORD))))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("registry.properties")
                    .hasMessageContaining("nowhere.p12")
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    private static TopicSchemas open(RegistrySettings settings) {
        return TopicSchemas.open(settings, Run.MAIN, List.of(), InstantSource.system(), new SimpleMeterRegistry());
    }

    /** A registry for who says this. */
    private static SmallRegistry guarded(String authorization) throws IOException {
        SmallRegistry registry = new SmallRegistry();
        registry.answer(exchange -> {
            if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                return false;
            }
            SmallRegistry.send(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}".getBytes(UTF_8));
            return true;
        });
        return registry;
    }

    private static Map<String, String> trust() {
        return Map.of(
                "schema.registry.ssl.truststore.location",
                store("trusted"),
                "schema.registry.ssl.truststore.password",
                PASSWORD);
    }

    private static SSLContext tls() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load("server"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load("trusted"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(String who) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(store(who)))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String store(String who) {
        return file(who + ".p12");
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
