package io.faultprint.local.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Key stores of a broker and of a client that trust each other, made by the JDK's own keytool. */
public record Certificates(Path broker, Path client, String password) {

    public static Certificates make(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Certificates made = new Certificates(
                directory.resolve("broker.p12"),
                directory.resolve("client.p12"),
                UUID.randomUUID().toString());
        made.pair(made.broker);
        made.pair(made.client);
        made.trust(made.broker, made.client);
        made.trust(made.client, made.broker);
        return made;
    }

    private void pair(Path store) throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-keystore",
                store.toString());
    }

    private void trust(Path store, Path other) throws IOException, InterruptedException {
        Path certificate = store.resolveSibling(other.getFileName() + ".crt");
        keytool("-exportcert", "-alias", "own", "-file", certificate.toString(), "-keystore", other.toString());
        // The broker is also its own client.
        keytool("-exportcert", "-alias", "own", "-file", certificate + ".own", "-keystore", store.toString());
        String trusting = store.toString().replace(".p12", "-trust.p12");
        keytool("-importcert", "-noprompt", "-alias", "other", "-file", certificate.toString(), "-keystore", trusting);
        keytool("-importcert", "-noprompt", "-alias", "own", "-file", certificate + ".own", "-keystore", trusting);
    }

    Path brokerTrust() {
        return Path.of(broker.toString().replace(".p12", "-trust.p12"));
    }

    Path clientTrust() {
        return Path.of(client.toString().replace(".p12", "-trust.p12"));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", password));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", List.of(arguments)) + ": " + said);
        }
    }
}
